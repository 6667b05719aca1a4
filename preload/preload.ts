import '../shared/no-eval.ts';
import { contextBridge, ipcRenderer } from 'electron';
import { makeBridge } from './bridge.ts';

// The page gets `window.gerai` and nothing more: no general send, no channel of its own choosing.
contextBridge.exposeInMainWorld('gerai', makeBridge(ipcRenderer));
