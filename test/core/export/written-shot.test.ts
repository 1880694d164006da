import assert from 'node:assert/strict';
import {test} from 'node:test';
import type {Shot} from '../../../source/core/export/shot.ts';
import {writtenShot} from '../../../source/core/export/written-shot.ts';
import {dark} from '../../../source/themes/dark.ts';

const shot: Shot = {
	columns: 20,
	rows: 3,
	lines: [
		{line: [{text: ' prod '}, {text: 'READ-ONLY', tone: 'accent', bold: true}], selected: false},
		{line: [{text: '>X', tone: 'error'}, {text: ' a<b>&c  '}], selected: true},
		{line: [{text: '  ```'}], selected: false},
	],
	at: Date.UTC(2026, 10, 21, 14, 2, 31),
	context: 'prod-eu1',
	version: 'v1.34.2',
	freshness: 'live 0.4s',
	masked: 2,
	command: 'k8tui pods -n shop',
};

test('text is the frame without blanks at the ends', () => {
	assert.equal(writtenShot(shot, 'text', dark), ' prod READ-ONLY\n>X a<b>&c\n  ```\n');
});

test('Markdown fences what holds a fence, and says where it is from', () => {
	assert.equal(
		writtenShot(shot, 'markdown', dark),
		'````text\n prod READ-ONLY\n>X a<b>&c\n  ```\n````\n\n`k8tui pods -n shop`  \ncontext prod-eu1, Kubernetes v1.34.2, 2026-11-21T14:02:31Z, live 0.4s  \nmasked 2 values\n',
	);
	assert.match(
		writtenShot({...shot, demo: 'healthy', masked: 0}, 'markdown', dark),
		/DEMO DATA: no cluster was contacted \(story healthy\) {2}\nnothing had to be masked\n$/,
	);
});

test('JSON has the rows of a table, else the lines', () => {
	const rows = [{name: 'web', restarts: 3}];
	assert.deepEqual(JSON.parse(writtenShot({...shot, table: {columns: ['name', 'restarts'], rows}}, 'json', dark)), {
		command: 'k8tui pods -n shop',
		context: 'prod-eu1',
		kubernetes: 'v1.34.2',
		time: '2026-11-21T14:02:31.000Z',
		freshness: 'live 0.4s',
		masked: 2,
		columns: ['name', 'restarts'],
		rows,
	});
	const page = JSON.parse(writtenShot(shot, 'json', dark)) as Readonly<{lines: readonly string[]}>;
	assert.deepEqual(page.lines, [' prod READ-ONLY', '>X a<b>&c', '  ```']);
});

test('SVG has each span at its column, in the colours of the theme, and its text escaped', () => {
	const svg = writtenShot(shot, 'svg', dark);
	assert.match(svg, /^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg" width="192" height="78"/);
	assert.match(svg, /<text x="62\.4" y="25\.5" textLength="75\.6" fill="#4fd6d2" font-weight="bold">READ-ONLY<\/text>/);
	assert.match(svg, /<rect x="12\.0" y="30" width="168\.0" height="18" fill="#264f78"\/>/);
	assert.match(svg, /> a&lt;b&gt;&amp;c {2}<\/text>/);
});
