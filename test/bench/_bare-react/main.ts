import { createElement } from 'react';
import { createRoot } from 'react-dom/client';

/* The bare counterpart of the till's page: React with nothing in it. */
const place = document.getElementById('page');
if (place !== null) createRoot(place).render(createElement('p'));
