import {Box, Text} from 'ink';
import {Component, memo, type ReactNode, useSyncExternalStore} from 'react';
import type {Painter} from '../core/style.ts';
import type {Frame} from '../core/view.ts';
import type {Controller} from './controller.ts';
import type {BodyLine} from './frame/page-lines.ts';
import {Input, type SuspendTerminal} from './input.tsx';

/** One line of the screen: drawn again only when its bytes differ. */
const RowLine = memo(function RowLine({text}: Readonly<{text: string}>) {
	return <Text wrap="truncate">{text === '' ? ' ' : text}</Text>;
});

/** A bug while drawing: the terminal is given back before anything is said. */
class Boundary extends Component<Readonly<{crashed(error: unknown): void; children: ReactNode}>, Readonly<{failed: boolean}>> {
	override state = {failed: false};
	static getDerivedStateFromError(): Readonly<{failed: boolean}> {
		return {failed: true};
	}
	override componentDidCatch(error: unknown): void {
		this.props.crashed(error);
	}
	override render(): ReactNode {
		return this.state.failed ? null : this.props.children;
	}
}

export type AppProps = Readonly<{
	controller: Controller;
	compose(frame: Frame): readonly BodyLine[];
	painterOf(theme: string): Painter;
	crashed(error: unknown): void;
	/** Told how to lend the terminal to somebody else (Ink's suspendTerminal). */
	lender(suspend: SuspendTerminal): void;
}>;

/** The whole program as Ink sees it: the controller's frame, line by line, exactly as many as the terminal has rows. */
export function App(props: AppProps) {
	return (
		<Boundary crashed={props.crashed}>
			<Screen {...props} />
		</Boundary>
	);
}

function Screen({controller, compose, painterOf, lender}: AppProps) {
	const frame = useSyncExternalStore(controller.subscribe, controller.snapshot);
	const painter = painterOf(frame.state.theme);
	const {columns, rows} = frame.viewport;
	const lines = compose(frame).map(({line, selected, dimmed = false}) => painter.line(line, {width: columns, selected, dimmed}));
	return (
		<Box flexDirection="column" width={columns} height={rows} overflow="hidden">
			{lines.map((text, row) => (
				// biome-ignore lint/suspicious/noArrayIndexKey: a line of the screen has no identity but its row
				<RowLine key={row} text={text} />
			))}
			<Input controller={controller} lender={lender} />
		</Box>
	);
}
