import { TRANSFORMS } from '../psa/connectwise/transforms.ts';
import { createColumn, shapeOf } from '../psa/column.ts';
import { MAPPING } from '../psa/connectwise/mapping.ts';
import { z } from 'zod';
const row=()=>({id:1,name:'DESKTOP-YTXP3TV',company:{id:5},type:{id:1,name:'Workstation'},status:{id:1,name:'Active'},contact:{id:42668},site:{id:1566},manufacturer:{id:1,name:'Dell'},modelNumber:'OptiPlex 7010',serialNumber:'0PYPFXP',macAddress:'3C:52:82:FC:FE:63',ipAddress:'10.38.6.103',osType:'Windows 10 Pro x64',installationDate:'2025-05-13T00:00:00Z',purchaseDate:'2025-05-13T00:00:00Z'});
const rows=Array.from({length:10000},row);
const cols=MAPPING.configuration.map(r=>createColumn(r,TRANSFORMS));
const full=z.object({...shapeOf(cols),id:z.int().positive()});
const time=(n:string,f:(r:any)=>unknown)=>{for(let k=0;k<4;k++){const t=performance.now();for(const r of rows)f(r);if(k===3)console.log(n,((performance.now()-t)/10).toFixed(2),'µs');}};
time('full safeParse',r=>full.safeParse(r));
time('toOurs all',r=>{for(const c of cols)c.transform.toOurs(c.at(r));});
for(const c of cols){ const s=z.object({[c.path[0]]:shapeOf([c])[c.path[0]]!}); time('  parse '+c.field,r=>s.safeParse(r)); time('  toOurs '+c.field,r=>c.transform.toOurs(c.at(r))); }
