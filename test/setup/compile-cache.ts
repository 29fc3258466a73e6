/** Every process and thread of the tests reads the same sources: what one has made of them is there for the next. */
import path from 'node:path';

process.env['NODE_COMPILE_CACHE'] ??= path.resolve(import.meta.dirname, '../../out/compile-cache');
