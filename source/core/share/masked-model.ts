import type {ObjectModel} from '../object-model.ts';
import {yamlLines} from '../yaml-text.ts';
import {maskObject} from './mask-object.ts';
import type {MaskOptions} from './mask-text.ts';

/** The model of an object's page for an export: its object and YAML are masked, whatever was decoded on the screen. managedFields are left out. */
export function maskedModel(model: ObjectModel, options: MaskOptions): ObjectModel {
	if (model.object === undefined) return model;
	const object = maskObject(model.object, options);
	return {...model, object, yaml: () => yamlLines(object)};
}
