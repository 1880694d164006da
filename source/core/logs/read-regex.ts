/** A regular expression as typed, with `v` where it can be read so, as the strictest, else without; or why it is none. */
export function readRegex(source: string, flags = ''): Readonly<{ok: true; regex: RegExp} | {ok: false; problem: string}> {
	try {
		return {ok: true, regex: new RegExp(source, `${flags}v`)};
	} catch {
		// Much that people type is read without `v` only.
	}
	try {
		return {ok: true, regex: new RegExp(source, flags)};
	} catch (error) {
		return {ok: false, problem: error instanceof Error ? error.message.replace(/^Invalid regular expression: \/.*\/[a-z]*: /s, '') : 'it cannot be read'};
	}
}
