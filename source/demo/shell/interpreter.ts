import {builtins} from './builtins.ts';
import {Expansion} from './expansion.ts';
import type {Machine} from './machine.ts';
import {say} from './machine.ts';
import {parseScript} from './parse-script.ts';
import type {Descriptors, RunningShell, ShellState} from './running-shell.ts';
import {inputOf, Kept, type Output} from './streams.ts';
import {type Command, type Pipeline, type Redirection, type Script, ShellSyntaxError} from './syntax.ts';

const nowhere: Output = () => undefined;

/** A shell as busybox has one, as far as scripts of a few lines need it. What runs beside others runs before them. */
export class Shell implements RunningShell {
	readonly machine: Machine;
	readonly state: ShellState;
	readonly #expansion: Expansion;
	/** The exit code of the last `$(...)`: that of an assignment. */
	#outputStatus = 0;

	constructor(machine: Machine, name: string, words: readonly string[]) {
		this.machine = machine;
		this.state = {variables: new Map(Object.entries(machine.environment)), functions: new Map(), arguments: words, name, status: 0, hasExited: false};
		this.#expansion = new Expansion(this);
	}

	/** Runs a text; 2 with the reason for one that cannot be read. */
	async runText(text: string, descriptors: Descriptors): Promise<number> {
		try {
			return await this.run(parseScript(text), descriptors);
		} catch (error) {
			if (!(error instanceof ShellSyntaxError)) throw error;
			await say(descriptors.outputs.get(2) ?? nowhere, `${this.state.name}: ${error.message}\n`);
			return 2;
		}
	}

	async run(script: Script, descriptors: Descriptors): Promise<number> {
		for (let index = 0; index < script.length && !this.state.hasExited; index += 1) {
			const pipeline = script[index];
			if (pipeline === undefined) break;
			this.machine.signal.throwIfAborted();
			this.state.status = await this.#runPipeline(pipeline, descriptors);
			if (pipeline.then === '&') this.state.status = 0;
			// `a && b || c`: what is not to run is passed over, up to the next joint that lets it.
			let joint = pipeline.then;
			while ((joint === '&&' && this.state.status !== 0) || (joint === '||' && this.state.status === 0)) {
				index += 1;
				joint = script[index]?.then ?? ';';
			}
		}
		return this.state.status;
	}

	/** What a script prints to its standard output, without the line feeds at its end. */
	async outputOf(script: Script, descriptors: Descriptors): Promise<string> {
		const kept = new Kept();
		this.#outputStatus = await this.#inSubshell(shell => shell.run(script, {...descriptors, outputs: new Map([...descriptors.outputs, [1, kept.write]])}));
		return kept.bytes.toString('utf8').replace(/\n+$/u, '');
	}

	/** Runs a command by its words: a function, a builtin, or a program of the container. */
	async runWords(argv: readonly string[], descriptors: Descriptors, withFunctions = true): Promise<number> {
		const [name = '', ...words] = argv;
		const own = withFunctions ? this.state.functions.get(name) : undefined;
		if (own !== undefined) {
			const outer = this.state.arguments;
			this.state.arguments = words;
			const status = await this.#runCommand(own, descriptors);
			this.state.arguments = outer;
			return status;
		}
		const builtin = builtins[name];
		if (builtin !== undefined) return await builtin(this, words, descriptors);
		const output = descriptors.outputs.get(1) ?? nowhere;
		const errors = descriptors.outputs.get(2) ?? nowhere;
		const tool = this.machine.commands[name.replace(/^.*\//u, '')];
		if (tool === undefined) {
			await say(errors, `${this.state.name}: ${name}: not found\n`);
			return 127;
		}
		const run = (inner: readonly string[], input = descriptors.input): Promise<number> => this.runWords(inner, {...descriptors, input}, false);
		return await tool({argv, input: descriptors.input, output, errors, machine: this.machine, run});
	}

	async #runPipeline({commands, isNegated}: Pipeline, descriptors: Descriptors): Promise<number> {
		let {input} = descriptors;
		let status = 0;
		for (const [index, command] of commands.entries()) {
			if (index === commands.length - 1) {
				const last = {...descriptors, input};
				status = commands.length === 1 ? await this.#runCommand(command, last) : await this.#inSubshell(shell => shell.#runCommand(command, last));
				break;
			}
			const pipe = new Kept();
			const piped = {input, outputs: new Map([...descriptors.outputs, [1, pipe.write]])};
			await this.#inSubshell(shell => shell.#runCommand(command, piped));
			input = inputOf(pipe.bytes);
		}
		return isNegated ? Number(status === 0) : status;
	}

	/** What happens to variables in it stays in it. */
	async #inSubshell<T>(run: (shell: Shell) => Promise<T>): Promise<T> {
		const inner = new Shell(this.machine, this.state.name, this.state.arguments);
		Object.assign(inner.state, {variables: new Map(this.state.variables), functions: new Map(this.state.functions), status: this.state.status});
		return await run(inner);
	}

	async #runCommand(command: Command, outer: Descriptors): Promise<number> {
		const descriptors = await this.#redirected(command.redirections, outer);
		if (descriptors === undefined) return 1;
		switch (command.is) {
			case 'simple':
				return await this.#runSimple(command, descriptors);
			case 'group':
				return await this.run(command.body, descriptors);
			case 'subshell':
				return await this.#inSubshell(shell => shell.run(command.body, descriptors));
			case 'function':
				this.state.functions.set(command.name, command.body);
				return 0;
			case 'for': {
				const words = command.words === undefined ? this.state.arguments : await this.#expansion.words(command.words, descriptors);
				for (const word of words) {
					this.state.variables.set(command.name, word);
					await this.run(command.body, descriptors);
				}
				return words.length === 0 ? 0 : this.state.status;
			}
			case 'while': {
				let status = 0;
				while ((await this.run(command.condition, descriptors)) === 0) status = await this.run(command.body, descriptors);
				return status;
			}
			default: {
				for (const {condition, body} of command.branches) if ((await this.run(condition, descriptors)) === 0) return await this.run(body, descriptors);
				return command.otherwise === undefined ? 0 : await this.run(command.otherwise, descriptors);
			}
		}
	}

	async #runSimple(command: Extract<Command, {is: 'simple'}>, descriptors: Descriptors): Promise<number> {
		const argv = await this.#expansion.words(command.words, descriptors);
		const before = this.state.variables;
		if (argv.length > 0 && command.assignments.length > 0) this.state.variables = new Map(before);
		this.#outputStatus = 0;
		for (const [name, value] of command.assignments) this.state.variables.set(name, await this.#expansion.text(value, descriptors));
		const status = argv.length === 0 ? this.#outputStatus : await this.runWords(argv, descriptors);
		// What stands before a command holds for it alone; what `read` sets stays.
		if (argv.length > 0 && command.assignments.length > 0) {
			const own = new Set(command.assignments.map(([name]) => name));
			for (const [name, value] of this.state.variables) if (!own.has(name)) before.set(name, value);
			this.state.variables = before;
		}
		return status;
	}

	async #redirected(redirections: readonly Redirection[], outer: Descriptors): Promise<Descriptors | undefined> {
		let {input} = outer;
		const outputs = new Map(outer.outputs);
		for (const {descriptor, operator, target} of redirections) {
			const name = await this.#expansion.text(target, outer);
			if (operator === '>&') outputs.set(descriptor, outputs.get(Number(name)) ?? nowhere);
			else if (operator === '<') {
				const text = name === '/dev/null' ? '' : this.machine.files.read(name);
				if (text === undefined) {
					await say(outputs.get(2) ?? nowhere, `${this.state.name}: can't open ${name}: no such file\n`);
					return undefined;
				}
				input = inputOf(Buffer.from(text));
			} else if (operator !== '<&') {
				if (!name.startsWith('/dev/')) {
					await say(outputs.get(2) ?? nowhere, `${this.state.name}: can't create ${name}: Read-only file system\n`);
					return undefined;
				}
				outputs.set(descriptor, name === '/dev/stderr' ? (outputs.get(2) ?? nowhere) : name === '/dev/stdout' ? (outputs.get(1) ?? nowhere) : nowhere);
			}
		}
		return {input, outputs};
	}
}
