import type {Screen} from '../screen.ts';
import type {StoryName} from '../story-names.ts';

/** One thing to try: what to press, and the screen that one is on afterwards. */
export type TourStep = Readonly<{
	/** `Enter opens the red row`: short enough for the status row of 80 columns. */
	text: string;
	/** The keys of that, as the tests press them: `:pods<enter>`. */
	keys: string;
	/** Fields of the screen that is reached. */
	at: Partial<Screen> & Pick<Screen, 'type'>;
}>;

/** A walk through a story of the demo. */
export type Tour = readonly TourStep[];

/** Where one is in it: how many steps lie behind. */
export type TourPlace = Readonly<{story: StoryName; done: number}>;

/** Is this the screen that a step leads to? */
export function isReached({at}: TourStep, screen: Screen): boolean {
	const fields: Readonly<Record<string, unknown>> = screen;
	return Object.entries(at).every(([name, value]) => JSON.stringify(fields[name]) === JSON.stringify(value));
}

/** `Tour step 2 of 7: Enter opens the red row`; with the key that skips it where there is room. */
export function tourText(tour: Tour, done: number, room: number): string {
	const step = tour[done];
	if (step === undefined) return '';
	const long = `Tour step ${done + 1} of ${tour.length}: ${step.text}`;
	const texts = [`${long}   ] skips`, long, `Tour ${done + 1}/${tour.length}: ${step.text}`];
	return texts.find(text => text.length <= room) ?? texts.at(-1) ?? '';
}
