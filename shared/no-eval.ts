import { z } from 'zod';

// zod speeds parsing up with generated code. The page's content security policy forbids that, and
// even the probe for it is reported as a violation, so it is switched off. Import this before any
// file that makes a schema: the choice is taken when a schema is made.
z.config({ jitless: true });
