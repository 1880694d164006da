import {customResourceDefinitions} from '../../source/resources/custom-resource-definitions.ts';
import {testKind} from '../tools/kind-cases.ts';

testKind(customResourceDefinitions, {fixture: 'widgets', shows: {name: 'widgets.shop.example.test', group: 'shop.example.test', age: '60m'}});
