import type {Confidence, Finding, Severity} from '../finding.ts';
import type {NetReport, Verdict} from './net-report.ts';

/** screens.md 10: confidence is drawn high, med or low. */
export function confidenceWord(confidence: Confidence): 'high' | 'med' | 'low' {
	return confidence === 'proven' ? 'high' : confidence === 'likely' ? 'med' : 'low';
}

/** The sign before a finding: `X`, `!`, `i`. */
export function markOf(severity: Severity): 'X' | '!' | 'i' {
	return severity === 'critical' ? 'X' : severity === 'warning' ? '!' : 'i';
}

/** The sign before a verdict; what was not probed or not decided is never a `+` (screens.md 12, 14). */
export function verdictMark({severity, id}: Pick<Verdict, 'severity' | 'id'>): string {
	if (severity === 'undecided') return '?';
	if (severity === 'none') return id === 'NET_NOT_PROBED' ? '.' : '+';
	return markOf(severity);
}

/** 0 clean, 1 warning, 2 critical, 3 undecided. */
export function verdictCode({severity}: Pick<Verdict, 'severity'>): 0 | 1 | 2 | 3 {
	switch (severity) {
		case 'critical':
			return 2;
		case 'warning':
			return 1;
		case 'undecided':
			return 3;
		default:
			return 0;
	}
}

/** What was found beside the verdict; what something else explains is not told again, and what was not checked stands elsewhere. */
export function besideVerdict({findings, verdict}: Pick<NetReport, 'findings' | 'verdict'>): readonly Finding[] {
	return findings.filter(({id, class: kind, title, causes}) => kind !== 'coverage' && causes.length === 0 && !(id === verdict.id && title === verdict.title));
}
