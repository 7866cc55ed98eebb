/** Where each package may be imported, so that replacing one means opening one folder. Tests may import any. */
export const packageHomes: readonly { packages: readonly string[]; homes: readonly string[]; because: string }[] = [
  {
    packages: ['better-sqlite3', 'mqtt', 'jose', 'pino'],
    homes: ['kit/**'],
    because: 'Store, Carrier, Sealer and the log are ports with their real forms in the kit',
  },
  { packages: ['aedes'], homes: ['central/broker/**'], because: 'everybody else talks through a Carrier' },
  {
    packages: ['serialport', '@serialport/*'],
    homes: ['drivers/kit/**'],
    because: 'it is wrapped once, as a ByteLink',
  },
  { packages: ['usb'], homes: ['drivers/kit/**'], because: 'it is wrapped once, as a UsbDevice' },
  {
    packages: ['johnny-five', 'firmata-io'],
    homes: ['drivers/panel/**'],
    because: 'lamps, shutter and sensors are the panel',
  },
  {
    packages: ['zxing-wasm'],
    homes: ['drivers/camera/**', 'drivers/**/simulator/**', 'cabinet/**', 'tools/**'],
    because: 'the camera reads codes; only the simulated world and demo commands draw them',
  },
  {
    packages: ['sharp'],
    homes: ['controller/card-face/**', 'drivers/camera/**', 'drivers/**/simulator/**', 'cabinet/**', 'tools/**'],
    because: 'pictures are made in few places; it costs 20 MB wherever it is loaded',
  },
  {
    packages: ['@expo-google-fonts/noto-sans'],
    homes: [
      'controller/card-face/**',
      'drivers/**/simulator/**',
      'kiosk-ui/**',
      '*/**/page/**',
      'cabinet/**',
      'tools/**',
    ],
    because: 'fonts go where text becomes pixels',
  },
  {
    packages: ['@point-of-sale/receipt-printer-encoder'],
    homes: ['drivers/receipt-printer/escpos/**'],
    because: 'bytes live in the driver',
  },
  {
    packages: ['typebox'],
    homes: ['**/*.schema.ts', 'central/gateway/file-drop/**', 'tools/**'],
    because: 'the programs check with functions made from the schemas: TypeBox costs a board 25 MB and 0.2 s',
  },
  {
    packages: ['fastify', '@fastify/*'],
    homes: ['controller/screen-server/**', 'central/console/**', 'cabinet/**'],
    because: 'three programs serve a page each',
  },
  {
    packages: ['preact'],
    homes: ['kiosk-ui/**', 'central/console/page/**', 'cabinet/page/**'],
    because: 'it draws pages and nothing else',
  },
  { packages: ['csv-parse'], homes: ['central/gateway/**', 'tools/**'], because: 'files come in through the gateway' },
  {
    packages: ['vite', 'rolldown', 'playwright-core'],
    homes: ['tools/**'],
    because: 'they build and try, on no kiosk',
  },
  { packages: ['vitest', 'fast-check'], homes: ['vitest.config.ts', 'tools/test*.ts'], because: 'they are for tests' },
];
