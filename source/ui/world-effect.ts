import type {Effect, WorldEffect} from '../core/effect.ts';

const worldEffects: ReadonlySet<Effect['type']> = new Set<WorldEffect['type']>([
	'copy',
	'level',
	'context',
	'connect',
	'reload',
	'page-command',
	'share',
	'export',
	'record',
	'save',
	'pipe',
	'redraw',
	'suspend',
	'ask-quit',
	'quit',
]);

/** Is it carried out outside of the state? */
export function isWorldEffect(effect: Effect): effect is WorldEffect {
	return worldEffects.has(effect.type);
}
