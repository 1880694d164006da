import {plain} from '../line.ts';
import {group} from '../text.ts';
import type {Theme} from '../theme.ts';
import type {ExportFormat, Shot} from './shot.ts';
import {shotSvg} from './shot-svg.ts';

/** A frame in one of the formats of an export (screens.md 9). */
export function writtenShot(shot: Shot, format: ExportFormat, theme: Theme): string {
	switch (format) {
		case 'text':
			return `${shotText(shot)}\n`;
		case 'markdown':
			return shotMarkdown(shot);
		case 'json':
			return `${JSON.stringify(shotJson(shot), undefined, 2)}\n`;
		default:
			return shotSvg(shot, theme);
	}
}

/** The lines of the frame, without colours and without blanks at their ends. */
export function shotText({lines}: Shot): string {
	return lines
		.map(({line}) => plain(line).trimEnd())
		.join('\n')
		.trimEnd();
}

/** For a ticket: the frame in a fence, then where it is from. The fence is longer than any run of backquotes inside. */
function shotMarkdown(shot: Shot): string {
	const text = shotText(shot);
	const longest = [...text.matchAll(/`+/g)].reduce((most, [run]) => Math.max(most, run.length), 2);
	const fence = '`'.repeat(longest + 1);
	return `${fence}text\n${text}\n${fence}\n\n${facts(shot).join('  \n')}\n`;
}

function facts({command, context, version, at, freshness, masked, demo}: Shot): readonly string[] {
	return [
		`\`${command}\``,
		`context ${context}${version === undefined ? '' : `, Kubernetes ${version}`}, ${new Date(at).toISOString().slice(0, 19)}Z, ${freshness}`,
		...(demo === undefined ? [] : [`DEMO DATA: no cluster was contacted (story ${demo})`]),
		masked === 0 ? 'nothing had to be masked' : `masked ${group(masked)} ${masked === 1 ? 'value' : 'values'}`,
	];
}

/** The rows of a table; of a page its lines. */
function shotJson(shot: Shot): Readonly<Record<string, unknown>> {
	const {command, context, version, at, freshness, masked, demo, table} = shot;
	return {
		command,
		context,
		...(version === undefined ? {} : {kubernetes: version}),
		time: new Date(at).toISOString(),
		freshness,
		masked,
		...(demo === undefined ? {} : {demo}),
		...(table === undefined ? {lines: shotText(shot).split('\n')} : {columns: table.columns, rows: table.rows}),
	};
}
