import {configMaps} from '../../source/resources/config-maps.ts';
import {testKind} from '../tools/kind-cases.ts';

testKind(configMaps, {fixture: 'two-keys', shows: {name: 'shop', data: '2', age: '60m'}});
