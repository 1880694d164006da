/**
 * Asks by python3, from its command line alone: nothing is written in the container. Each argument is one question, each line of output one
 * answer: `NONCE ID key=value ...`, values percent-encoded. UDP goes by a socket that is not connected, on purpose: it shows who really
 * answered (trap 1); a question that stays without answer is repeated on a connected one, which shows a closed port (trap 8).
 */
export const pythonProgram = `import errno,glob,os,socket,struct,sys,threading,time
from urllib.parse import quote
N=sys.argv[1];G=threading.Semaphore(8);L=threading.Lock();stop=set()
def say(i,t,**k):
 k['ms']=int((time.time()-t)*1000)
 with L:print(N,i,*[a+'='+quote(str(b),safe=',:') for a,b in k.items()],flush=True)
def family(ip):return socket.AF_INET6 if ':' in ip else socket.AF_INET
def all(c,n,d=b''):
 while len(d)<n:
  b=c.recv(4096)
  if not b:raise EOFError
  d+=b
 return d
def after(d,p):
 while d[p]:
  if d[p]>191:return p+2
  p+=d[p]+1
 return p+1
def query(name):return os.urandom(2)+b'\\1\\0\\0\\1'+bytes(6)+b''.join(bytes([len(l)])+l.encode() for l in name.strip('.').split('.'))+b'\\0\\0\\1\\0\\1'
def dns(i,how,ip,port,name):
 t=time.time();q=query(name);src=ip
 if how=='tcp':
  c=socket.create_connection((ip,port),2);c.settimeout(2);c.sendall(struct.pack('>H',len(q))+q)
  d=all(c,2);d=all(c,2+struct.unpack('>H',d[:2])[0],d)[2:]
  if d[:2]!=q[:2]:raise ValueError
 else:
  c=socket.socket(family(ip),socket.SOCK_DGRAM);c.sendto(q,(ip,port));d=b''
  try:
   while d[:2]!=q[:2]:c.settimeout(max(.01,t+2-time.time()));d,a=c.recvfrom(4096);src=a[0]
  except socket.timeout:
   c=socket.socket(family(ip),socket.SOCK_DGRAM);c.settimeout(.5);c.connect((ip,port));c.send(q);c.recv(4096);raise
 n=struct.unpack('>H',d[6:8])[0];p=after(d,12)+4;v=[]
 for _ in range(n):
  p=after(d,p);y,_,_,z=struct.unpack('>HHIH',d[p:p+10]);p+=10
  if y==1:v.append(socket.inet_ntoa(d[p:p+z]))
  p+=z
 if src!=ip:stop.add(i)
 say(i,t,rc=d[3]&15,an=n,src=src,v=','.join(v))
def tcp(i,ip,port):
 t=time.time();socket.create_connection((ip,port),3).close();say(i,t,open=1)
def get(i,ip,port,path,host,df=''):
 t=time.time();s='';n=0;k={}
 try:
  c=socket.create_connection((ip,port),3);c.settimeout(3);c.sendall(('GET %s HTTP/1.0\\r\\nHost: %s\\r\\n\\r\\n'%(path,host)).encode());d=b''
  while time.time()<t+6:
   b=c.recv(65536)
   if not b:break
   if not s:
    d+=b
    if b'\\r\\n\\r\\n' in d:s=d.split()[1].decode();n=len(d.split(b'\\r\\n\\r\\n',1)[1])
   else:n+=len(b)
 except Exception as e:k['err']=error(e)
 if df:k['df']=','.join('%d:%s'%(z,whole(ip,z)) for z in (1472,1422,1372,1200))
 say(i,t,status=s,bytes=n,**k)
def whole(ip,size):
 c=socket.socket(family(ip),socket.SOCK_DGRAM);c.settimeout(1)
 try:
  c.setsockopt(socket.IPPROTO_IP,10,2);q=query('.');p=size-len(q)-15;q=q[:11]+b'\\1'+q[12:]
  c.sendto(q+b'\\0'+struct.pack('>HHIHHH',41,4096,0,p+4,12,p)+bytes(p),(ip,53));c.recv(4096);return 'ok'
 except Exception as e:return error(e)
def file(i,*paths):
 t=time.time();o=[]
 for p in [f for g in paths for f in glob.glob(g)]:
  try:o+=[p+' '+l for l in open(p).read(4000).splitlines()]
  except OSError:pass
 say(i,t,text='\\n'.join(o)[:2500])
def env(i,*names):say(i,time.time(),text='\\n'.join(n for n in names if os.environ.get(n)))
def libc(i,name):
 t=time.time();say(i,t,rc=0,an=1,v=','.join(sorted({a[4][0] for a in socket.getaddrinfo(name,None,socket.AF_INET,socket.SOCK_STREAM)})))
def error(e):
 if isinstance(e,socket.gaierror):return {-2:'ENOTFOUND',-5:'ENODATA'}.get(e.errno,'EAI_AGAIN')
 if isinstance(e,(ConnectionRefusedError,socket.timeout)) or not isinstance(e,OSError):return type(e).__name__
 return errno.errorcode.get(e.errno,type(e).__name__)
def run(w):
 i,k=w[0],w[1];a=[int(x) if x.isdigit() else x for x in w[2:]]
 with G:
  if i in stop:return
  t=time.time()
  try:globals()[k](i,*a)
  except Exception as e:say(i,t,err=error(e))
for w in [q.split() for q in sys.argv[2:]]:
 for _ in range(int(w[0])):threading.Thread(target=run,args=(w[1:],)).start()
while threading.active_count()>1:time.sleep(.01)
print(N,'done',flush=True)`;
