import type {DemoCluster} from './cluster.ts';
import type {Random} from './random.ts';

/** A cluster to look at, and what to look for in it. */
export type DemoStory = Readonly<{
	/** As in `--demo NAME`. */
	name: string;
	/** One line for a list of stories. */
	title: string;
	/** The namespace in which one starts: the one that the story is about. */
	namespace: string;
	/** false: no control plane runs, nothing changes but by writes. */
	isLiving: boolean;
	/** Fills an empty cluster. `parameter` is what follows the colon in `--demo NAME:PARAMETER`. */
	build(cluster: DemoCluster, random: Random, parameter: string | undefined): void;
}>;
