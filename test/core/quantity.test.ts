import assert from 'node:assert/strict';
import {test} from 'node:test';
import {formatBytes, formatCores, formatCpu, parseQuantity} from '../../source/core/quantity.ts';

test('quantities of every suffix', () => {
	const cases: ReadonlyArray<readonly [string, number | undefined]> = [
		['0', 0],
		['250m', 0.25],
		['1', 1],
		['1.5', 1.5],
		['.5', 0.5],
		['5.', 5],
		['100n', 1e-7],
		['3u', 3e-6],
		['0.1m', 0.0001],
		['1k', 1000],
		['2M', 2e6],
		['3G', 3e9],
		['4T', 4e12],
		['5P', 5e15],
		['6E', 6e18],
		['1Ki', 1024],
		['1.5Gi', 1.5 * 1024 ** 3],
		['128Mi', 128 * 1024 ** 2],
		['2Ti', 2 * 1024 ** 4],
		['1Pi', 1024 ** 5],
		['1Ei', 1024 ** 6],
		['1e3', 1000],
		['1E3', 1000],
		['12e-1', 1.2],
		['-500m', -0.5],
		['+2', 2],
		[' 7 ', 7],
		['500x', undefined],
		['', undefined],
		['1K', undefined],
		['1mi', undefined],
		['m', undefined],
		['1 Gi', undefined],
		['1e', undefined],
		['1e999', undefined],
		['-', undefined],
		['0x10', undefined],
	];
	for (const [text, value] of cases) assert.equal(parseQuantity(text), value, text);
});

test('CPU reads as millicores, large ones as cores', () => {
	const cases: ReadonlyArray<readonly [number, string]> = [
		[0, '0m'],
		[0.2, '1m'],
		[3.4, '3m'],
		[402, '402m'],
		[1840, '1840m'],
		[9999, '9999m'],
		[9999.6, '10'],
		[12_340, '12.3'],
		[128_000, '128'],
	];
	for (const [value, text] of cases) assert.equal(formatCpu(value), text);
	assert.deepEqual([1900, 4000, 10_200, 160_400].map(formatCores), ['1.9', '4', '10.2', '160']);
});

test('bytes carry one decimal below ten, and never 1024 of a unit', () => {
	const cases: ReadonlyArray<readonly [number, string]> = [
		[0, '0'],
		[512, '512'],
		[1023.6, '1Ki'],
		[2048, '2Ki'],
		[1536, '2Ki'],
		[121 * 1024 ** 2, '121Mi'],
		[3.9 * 1024 ** 3, '3.9Gi'],
		[6.2 * 1024 ** 3, '6.2Gi'],
		[4 * 1024 ** 3, '4Gi'],
		[9.97 * 1024 ** 3, '10Gi'],
		[1023.7 * 1024 ** 2, '1Gi'],
		[40.4 * 1024 ** 3, '40Gi'],
		[-2 * 1024 ** 3, '-2Gi'],
		[5000 * 1024 ** 6, '5000Ei'],
	];
	for (const [value, text] of cases) assert.equal(formatBytes(value), text);
});
