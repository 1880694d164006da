import assert from 'node:assert/strict';
import {test} from 'node:test';
import {noticesPage} from '../../source/pages/notices.ts';
import {notices} from './other-fixture.ts';
import {assertFits, setting, textOf} from './page-fixture.ts';

const small = setting(80, 24);

test('notices, newest first, each in full', () => {
	assert.deepEqual(textOf(noticesPage(notices, {type: 'notices', top: 0}, small)), [
		' X 60s       Could not list secrets in shop: you may not list secrets. Ask',
		'             whoever keeps the roles of this cluster for list on secrets in',
		'             shop.',
		' + 9m        Copied 3 names',
	]);
	assert.deepEqual(textOf(noticesPage([], {type: 'notices', top: 0}, small)), [' Nothing was said yet.']);
});

test('every line fits every size', () => assertFits(at => noticesPage(notices, {type: 'notices', top: 0}, at)));
