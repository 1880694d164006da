import {fieldAt, fieldsOf, listAt, textAt} from '../../core/field.ts';
import {fact, relatedAs, type Summarize} from './summary.ts';

/** Of a PersistentVolumeClaim: asked for and got, its volume, its class. */
export const summarizeClaim: Summarize = ({object, model}) => ({
	facts: [
		...fact('Phase', textAt(object, 'status', 'phase')),
		...fact(
			'Size',
			[textAt(object, 'status', 'capacity', 'storage'), `requested ${textAt(object, 'spec', 'resources', 'requests', 'storage') ?? '-'}`]
				.filter(part => part !== undefined)
				.join(', '),
		),
		...fact('Modes', listAt(object, 'spec', 'accessModes').join(' ')),
		...fact('Volume', textAt(object, 'spec', 'volumeName'), {target: relatedAs(model, 'volume')}),
		...fact('Class', textAt(object, 'spec', 'storageClassName'), {target: relatedAs(model, 'storage class')}),
		...fact('Kind', textAt(object, 'spec', 'volumeMode')),
	],
});

/** Of a PersistentVolume: size, claim, what happens to it afterwards, where the data lies. */
export const summarizeVolume: Summarize = ({object, model}) => {
	const claim = fieldAt(object, 'spec', 'claimRef');
	const plain =
		/^(?:accessModes|capacity|claimRef|mountOptions|nodeAffinity|persistentVolumeReclaimPolicy|storageClassName|volumeAttributesClassName|volumeMode)$/;
	const [source = '', where] = Object.entries(fieldsOf(fieldAt(object, 'spec'))).find(([key, value]) => !plain.test(key) && typeof value === 'object') ?? [];
	const place = textAt(where, 'driver') ?? textAt(where, 'path') ?? textAt(where, 'server') ?? '';
	return {
		facts: [
			...fact('Phase', [textAt(object, 'status', 'phase'), textAt(object, 'status', 'reason')].filter(part => part !== undefined).join(' ')),
			...fact('Size', textAt(object, 'spec', 'capacity', 'storage')),
			...fact('Modes', listAt(object, 'spec', 'accessModes').join(' ')),
			...fact('Claim', claim === undefined ? undefined : `${textAt(claim, 'namespace') ?? ''}/${textAt(claim, 'name') ?? ''}`, {
				target: relatedAs(model, 'claim'),
			}),
			...fact('Class', textAt(object, 'spec', 'storageClassName'), {target: relatedAs(model, 'storage class')}),
			...fact('Reclaim', textAt(object, 'spec', 'persistentVolumeReclaimPolicy')),
			...fact('Source', `${source} ${place}`.trim()),
		],
	};
};
