#!/usr/bin/env node
// Kept in syntax that Node 12 reads, so that an old Node gets a sentence instead of a syntax error.
const needed = [22, 19];
const found = process.versions.node.split('.').map(Number);

if (found[0] < needed[0] || (found[0] === needed[0] && found[1] < needed[1])) {
	process.stderr.write(
		`k8tui needs Node ${needed.join('.')} or newer, and this is Node ${process.versions.node}: install a newer one, or use the single-file k8tui.\n`,
	);
	process.exitCode = 2;
} else {
	import('node:module')
		.then(nodeModule => {
			// Compiled code is kept between starts; where the cache cannot be written k8tui starts without it.
			nodeModule.enableCompileCache();
			return import('../dist/cli.js');
		})
		.catch(error => {
			process.stderr.write(`k8tui could not start: ${error.message}.\n`);
			process.exitCode = 70;
		});
}
