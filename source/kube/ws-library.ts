// Loaded at first use, through a module of our own: a bundler hands a CommonJS package that is imported lazily over without its names.
export {WebSocket} from 'ws';
