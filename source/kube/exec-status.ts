/** How a command ended, as the status channel says it. */
export type ExecEnd = Readonly<{exitCode: number} | {failure: string}>;

/**
 * The metav1.Status of channel 3: `Success` is exit 0; reason `NonZeroExitCode` has the code in `details.causes`; everything else is the
 * reason why the command could not be run (kubernetes/client-go tools/remotecommand/v4.go). Never throws.
 */
export function readExecStatus(bytes: Uint8Array): ExecEnd {
	const text = Buffer.from(bytes).toString('utf8');
	try {
		const status: unknown = JSON.parse(text);
		if (field(status, 'status') === 'Success') return {exitCode: 0};
		const causes = field(field(status, 'details'), 'causes');
		if (field(status, 'reason') === 'NonZeroExitCode' && Array.isArray(causes)) {
			const code = causes.find(cause => field(cause, 'reason') === 'ExitCode');
			const exitCode = Number(field(code, 'message'));
			if (Number.isInteger(exitCode)) return {exitCode};
		}
		const message = field(status, 'message');
		return {failure: plain(typeof message === 'string' && message !== '' ? message : 'the server does not say why')};
	} catch {
		return {failure: plain(text) || 'the server does not say why'};
	}
}

/** One line, without control characters. */
function plain(text: string): string {
	return text
		.replace(/[\x00-\x1f\x7f-\x9f]+/g, ' ')
		.trim()
		.slice(0, 1_000);
}

function field(value: unknown, key: string): unknown {
	return typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
}
