import type {Finding} from '../../finding.ts';
import type {NotChecked, RuledOut} from '../net-report.ts';

/** What a row of the decision tree came to. `settled`: rows below it are its consequences and are not looked at. */
export type Outcome = Readonly<{
	findings?: readonly Finding[];
	ruledOut?: readonly RuledOut[];
	notChecked?: readonly NotChecked[];
	settled?: boolean;
	/** Why nothing can be decided, with what would. */
	undecided?: string;
}>;

/** The rows up to the first that settles it. */
export function firstSettled(rows: ReadonlyArray<() => Outcome>): readonly Outcome[] {
	const outcomes: Outcome[] = [];
	for (const row of rows) {
		const outcome = row();
		outcomes.push(outcome);
		if (outcome.settled) break;
	}
	return outcomes;
}
