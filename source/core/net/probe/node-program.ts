/** The same as pythonProgram, by node: same questions, same lines. */
export const nodeProgram = `const dgram=require('dgram'),net=require('net'),fs=require('fs'),dns=require('dns'),crypto=require('crypto'),path=require('path');
const [N,...Q]=process.argv.slice(1),stop=new Set(),fail=c=>Object.assign(new Error(c),{code:c});
const say=(i,t,k)=>console.log([N,i,...Object.entries({...k,ms:Math.round(performance.now()-t)}).map(([a,b])=>a+'='+encodeURIComponent(b))].join(' '));
const query=n=>Buffer.concat([crypto.randomBytes(2),Buffer.from([1,0,0,1,0,0,0,0,0,0]),...n.split('.').filter(Boolean).map(l=>Buffer.from([l.length,...Buffer.from(l)])),Buffer.from([0,0,1,0,1])]);
const wait=(ms,run)=>new Promise((ok,no)=>{const timer=setTimeout(()=>no(fail('ETIMEDOUT')),ms);run(v=>{clearTimeout(timer);ok(v)},e=>{clearTimeout(timer);no(e)})});
const after=(d,p)=>{while(d[p]){if(d[p]>191)return p+2;p+=d[p]+1}return p+1};
const udp=(ip,port,q,ms,connected)=>{const s=dgram.createSocket(ip.includes(':')?'udp6':'udp4');return wait(ms,(ok,no)=>{s.on('error',no);s.on('message',(d,a)=>d.length>11&&d[0]===q[0]&&d[1]===q[1]&&ok([d,a.address]));if(connected)s.connect(port,ip,()=>s.send(q));else s.send(q,port,ip)}).finally(()=>s.close())};
const stream=(ip,port,ms,text,data)=>{const s=net.connect(port,ip);return wait(ms,(ok,no)=>{s.on('connect',()=>text===undefined?ok():s.write(text));s.on('error',no);s.on('end',()=>no(fail('EOF')));if(data)s.on('data',d=>data(d,ok))}).finally(()=>s.destroy())};
const kinds={
async dns(i,how,ip,port,name){const t=performance.now(),q=query(name);let d,src=ip;
if(how==='tcp'){const l=Buffer.alloc(2);l.writeUInt16BE(q.length);let b=Buffer.alloc(0);d=(await stream(ip,+port,2000,Buffer.concat([l,q]),(x,ok)=>{b=Buffer.concat([b,x]);if(b.length>1&&b.length>=2+b.readUInt16BE(0))ok(b)})).subarray(2);if(d[0]!==q[0]||d[1]!==q[1])throw fail('EBADRESP')}
else try{[d,src]=await udp(ip,+port,q,2000)}catch(e){if(e.code==='ETIMEDOUT')await udp(ip,+port,q,500,true);throw e}
const n=d.readUInt16BE(6),v=[];let p=after(d,12)+4;for(let k=0;k<n;k++){p=after(d,p);const z=d.readUInt16BE(p+8);if(d.readUInt16BE(p)===1)v.push([...d.subarray(p+10,p+14)].join('.'));p+=10+z}
if(src!==ip)stop.add(i);say(i,t,{rc:d[3]&15,an:n,src,v:v.join(',')})},
async tcp(i,ip,port){const t=performance.now();await stream(ip,+port,3000);say(i,t,{open:1})},
async get(i,ip,port,where,host){const t=performance.now();let b=Buffer.alloc(0),err={};
try{await stream(ip,+port,4000,'GET '+where+' HTTP/1.0\\r\\nHost: '+host+'\\r\\n\\r\\n',d=>{b=Buffer.concat([b,d])})}catch(e){if(e.code!=='EOF')err={err:e.code}}
const h=b.indexOf('\\r\\n\\r\\n');say(i,t,{status:h<0?'':b.toString('latin1',0,h).split(' ')[1],bytes:h<0?0:b.length-h-4,...err})},
async file(i,...ps){const t=performance.now(),o=[];for(const g of ps){const [a,b]=g.split('*');let fs_=[g];if(b!==undefined)try{fs_=fs.readdirSync(path.dirname(a+'x')).map(x=>path.dirname(a+'x')+'/'+x+b)}catch{fs_=[]}
for(const f of fs_)try{for(const l of fs.readFileSync(f,'utf8').slice(0,4000).trimEnd().split('\\n'))o.push(f+' '+l)}catch{}}say(i,t,{text:o.join('\\n').slice(0,2500)})},
async env(i,...ns){say(i,performance.now(),{text:ns.filter(n=>process.env[n]).join('\\n')})},
async libc(i,name){const t=performance.now(),a=await dns.promises.lookup(name,{all:true,family:4});say(i,t,{rc:0,an:1,v:a.map(x=>x.address).join(',')})}};
const jobs=Q.flatMap(q=>{const [n,...w]=q.split(' ');return Array.from({length:+n},()=>w)});
const work=async()=>{for(let w;w=jobs.shift();){const [i,k,...a]=w,t=performance.now();if(!stop.has(i))try{await kinds[k](i,...a)}catch(e){say(i,t,{err:e.code??e.name})}}};
Promise.all(Array.from({length:8},work)).then(()=>{console.log(N,'done');process.exit(0)})`;
