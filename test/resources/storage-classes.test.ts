import {storageClasses} from '../../source/resources/storage-classes.ts';
import {testKind} from '../tools/kind-cases.ts';

testKind(storageClasses, {
	fixture: 'default',
	shows: {
		name: 'standard',
		default: 'yes',
		provisioner: 'rancher.io/local-path',
		reclaimpolicy: 'Delete',
		volumebindingmode: 'WaitForFirstConsumer',
		allowvolumeexpansion: 'false',
		age: '60m',
	},
});
