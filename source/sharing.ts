import {join} from 'node:path';
import {exportEndings, type ExportFormat, type Shot} from './core/export/shot.ts';
import {writtenShot} from './core/export/written-shot.ts';
import {maskText, type MaskOptions} from './core/share/mask-text.ts';
import {Pseudonyms} from './core/share/pseudonyms.ts';
import type {ShareState} from './core/share/share-state.ts';
import type {Frame} from './core/view.ts';
import {themes} from './themes/index.ts';
import {compose, type ComposeOptions} from './ui/frame/compose.ts';
import {shotOf} from './ui/frame/shot.ts';

export type SharingOptions = Readonly<{
	/** The user's own patterns of what is secret. */
	patterns: readonly RegExp[];
	share(): ShareState | undefined;
	/** The frame as an export shows it. */
	watchedFrame(): Frame;
	compose: ComposeOptions;
	exportFolder: string;
}>;

/** What share mode and every export mask, and exports themselves. */
export type Sharing = Readonly<{
	/** What is drawn, copied and written goes through these. */
	masks(): MaskOptions;
	/** What the cluster answers goes through these, and leaves the names it brings. */
	dataMasks(): MaskOptions;
	/** A text for the clipboard: as it is, unless people watch. */
	copied(text: string): string;
	exported(format: ExportFormat): Readonly<{path: string; text: string}>;
}>;

export function createSharing(options: SharingOptions): Sharing {
	const {patterns} = options;
	const pseudonyms = new Pseudonyms();
	const masks = (): MaskOptions => {
		const share = options.share();
		return {patterns, addresses: share?.addresses ?? false, ...(share?.names ? {pseudonym: name => pseudonyms.of(name)} : {})};
	};
	return {
		masks,
		dataMasks: () => ({patterns, addresses: false, learn: ref => pseudonyms.learn(ref)}),
		copied: text => (options.share() === undefined ? text : maskText(text, masks())),
		exported(format) {
			const frame = options.watchedFrame();
			const shot = shotOf(frame, compose(frame, options.compose), masks());
			const theme = themes.find(({name}) => name === frame.state.theme) ?? themes[0];
			if (!theme) throw new Error('there is no theme');
			return {path: exportPath(options.exportFolder, shot, format), text: writtenShot(shot, format, theme)};
		},
	};
}

/** `prod-eu1-pods-2026-11-21T14-02-31.md`: what is in it, and when. */
function exportPath(folder: string, {context, command, at}: Shot, format: ExportFormat): string {
	const view = command.split(' ')[1]?.replace(/^-.*/, 'overview') ?? 'overview';
	const name = [context, view, new Date(at).toISOString().slice(0, 19)].map(word => word.replaceAll(/[^\w.-]+/g, '-')).join('-');
	return join(folder, `${name}.${exportEndings[format]}`);
}
