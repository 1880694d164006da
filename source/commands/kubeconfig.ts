import type {Command} from '../core/command.ts';

export const kubeconfig: Command = {
	name: 'kubeconfig',
	aliases: [],
	usage: ':kubeconfig PATH',
	summary: 'The clusters of another kubeconfig file',
	run: words => {
		const path = words.join(' ').trim();
		return path === ''
			? [{type: 'notice', tone: 'warning', text: 'Give the path of the file: :kubeconfig ~/clusters/lab.yaml'}]
			: [{type: 'connect', kubeconfig: path}];
	},
};
