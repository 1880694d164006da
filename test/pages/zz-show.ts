import {plain} from '../../source/core/line.ts';
import {objectPage} from '../../source/pages/object.ts';
import {previewLines} from '../../source/pages/preview.ts';
import {setting, textOf} from './page-fixture.ts';
import {crashingModel as m, screenOf, typeOf, crashing} from './object-fixture.ts';
for (const [c,r] of [[80,24],[140,40],[40,10]] as const) for (const tab of ['summary','yaml','events','related'] as const) {
 const p = objectPage(m, screenOf(m, tab, tab==='yaml'?{search:'name'}:{}), setting(c,r));
 console.log(`--- ${c}x${r} ${tab} head=${plain(p.head)}`); console.log(textOf(p).slice(0,60).join('\n')); console.log('STATUS', plain(p.status??[]));
}
console.log(previewLines(m, {id:'x',ref:m.ref,meta:crashing.metadata,cells:[],tone:'error'}, typeOf(crashing), setting(54,40)).map(plain).join('\n'));
