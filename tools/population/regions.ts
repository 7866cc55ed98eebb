/** Two cities with their kecamatan and kelurahan: codes of Kepmendagri 300.2.2-2430/2025. */
export interface City {
  code: string;
  name: string;
  province: string;
  /** Where the card says it was issued. */
  issuePlace: string;
  kecamatan: readonly Kecamatan[];
}

export interface Kecamatan {
  code: string;
  name: string;
  kelurahan: readonly string[];
}

export type CityName = 'palembang' | 'bengkulu';

const kecamatan = (code: string, name: string, kelurahan: string): Kecamatan => ({
  ...{ code, name: name.toUpperCase() },
  kelurahan: kelurahan.split(', ').map((one) => one.toUpperCase()),
});

export const cities: Readonly<Record<CityName, City>> = {
  palembang: {
    code: '16.71',
    name: 'KOTA PALEMBANG',
    province: 'SUMATERA SELATAN',
    issuePlace: 'PALEMBANG',
    kecamatan: [
      kecamatan('16.71.01', 'Ilir Barat II', '27 Ilir, 28 Ilir, 29 Ilir, 30 Ilir, 32 Ilir, 35 Ilir, Kemang Manis'),
      kecamatan('16.71.02', 'Seberang Ulu I', '1 Ulu, 2 Ulu, 3-4 Ulu, 5 Ulu, 7 Ulu'),
      kecamatan('16.71.03', 'Seberang Ulu II', '11 Ulu, 12 Ulu, 13 Ulu, 14 Ulu, 16 Ulu, Sentosa, Tangga Takat'),
      kecamatan(
        '16.71.04',
        'Ilir Barat I',
        '26 Ilir D I, Bukit Baru, Bukit Lama, Demang Lebar Daun, Lorok Pakjo, Siring Agung',
      ),
      kecamatan(
        '16.71.05',
        'Ilir Timur I',
        '13 Ilir, 14 Ilir, 15 Ilir, 16 Ilir, 17 Ilir, 18 Ilir, 20 Ilir D I, 20 Ilir D III, 20 Ilir D IV, Kepandean Baru, Sungai Pangeran',
      ),
      kecamatan('16.71.06', 'Ilir Timur II', '1 Ilir, 2 Ilir, 3 Ilir, 5 Ilir, Lawang Kidul, Sungai Buah'),
      kecamatan(
        '16.71.07',
        'Sukarami',
        'Kebun Bunga, Sukabangun, Sukajaya, Sukarami, Sukodadi, Talang Betutu, Talang Jambe',
      ),
      kecamatan('16.71.08', 'Sako', 'Sako, Sako Baru, Sialang, Sukamaju'),
      kecamatan('16.71.09', 'Kemuning', '20 Ilir D II, Ario Kemuning, Pahlawan, Pipa Reja, Sekip Jaya, Talang Aman'),
      kecamatan('16.71.10', 'Kalidoni', 'Bukit Sangkal, Kalidoni, Sungai Lais, Sungai Selayur, Sungai Selincah'),
      kecamatan('16.71.11', 'Bukit Kecil', '19 Ilir, 22 Ilir, 23 Ilir, 24 Ilir, 26 Ilir, Talang Semut'),
      kecamatan('16.71.12', 'Gandus', '36 Ilir, Gandus, Karang Anyar, Karang Jaya, Pulokerto'),
      kecamatan('16.71.13', 'Kertapati', 'Karya Jaya, Kemang Agung, Kemas Rindo, Keramasan, Kertapati, Ogan Baru'),
      kecamatan(
        '16.71.14',
        'Plaju',
        'Bagus Kuning, Komperta, Plaju Darat, Plaju Ilir, Plaju Ulu, Talang Bubuk, Talang Putri',
      ),
      kecamatan('16.71.15', 'Alang-Alang Lebar', 'Alang-Alang Lebar, Karya Baru, Srijaya, Talang Kelapa'),
      kecamatan('16.71.16', 'Sematang Borang', 'Karya Mulya, Lebung Gajah, Srimulya, Sukamulya'),
      kecamatan('16.71.17', 'Jakabaring', '8 Ulu, 9-10 Ulu, 15 Ulu, Silaberanti, Tuan Kentang'),
      kecamatan('16.71.18', 'Ilir Timur III', '8 Ilir, 9 Ilir, 10 Ilir, 11 Ilir, Duku, Kuto Batu'),
    ],
  },
  bengkulu: {
    code: '17.71',
    name: 'KOTA BENGKULU',
    province: 'BENGKULU',
    issuePlace: 'BENGKULU',
    kecamatan: [
      kecamatan('17.71.01', 'Selebar', 'Betungan, Bumi Ayu, Pagar Dewa, Pekan Sabtu, Sukarami, Sumur Dewa'),
      kecamatan('17.71.02', 'Gading Cempaka', 'Cempaka Permai, Jalan Gedang, Lingkar Barat, Padang Harapan, Sidomulyo'),
      kecamatan(
        '17.71.03',
        'Teluk Segara',
        'Bajak, Berkas, Jitra, Kampung Bali, Kebun Keling, Kebun Ros, Malabero, Pasar Baru, Pasar Melintang, Pintu Batu, Pondok Besi, Sumur Meleleh, Tengah Padang',
      ),
      kecamatan(
        '17.71.04',
        'Muara Bangkahulu',
        'Bentiring, Bentiring Permai, Beringin Raya, Kandang Limun, Pematang Gubernur, Rawa Makmur, Rawa Makmur Permai',
      ),
      kecamatan(
        '17.71.05',
        'Kampung Melayu',
        'Kandang, Kandang Mas, Muara Dua, Padang Serai, Sumber Jaya, Teluk Sepang',
      ),
      kecamatan(
        '17.71.06',
        'Ratu Agung',
        'Kebun Beler, Kebun Kenanga, Kebun Tebeng, Lempuing, Nusa Indah, Sawah Lebar, Sawah Lebar Baru, Tanah Patah',
      ),
      kecamatan(
        '17.71.07',
        'Ratu Samban',
        'Anggut Atas, Anggut Bawah, Anggut Dalam, Belakang Pondok, Kebun Dahri, Kebun Geran, Padang Jati, Pengantungan, Penurunan',
      ),
      kecamatan(
        '17.71.08',
        'Sungai Serut',
        'Kampung Kelawi, Pasar Bengkulu, Semarang, Sukamerindu, Surabaya, Tanjung Agung, Tanjung Jaya',
      ),
      kecamatan(
        '17.71.09',
        'Singaran Pati',
        'Dusun Besar, Jembatan Kecil, Lingkar Timur, Padang Nangka, Panorama, Timur Indah',
      ),
    ],
  },
};

/** The city and kecamatan of a code such as `16.71.02`. Throws RangeError where there is none. */
export function placeOf(kecamatanCode: string): { city: City; kecamatan: Kecamatan } {
  for (const city of Object.values(cities)) {
    const found = city.kecamatan.find(({ code }) => code === kecamatanCode);
    if (found) return { city, kecamatan: found };
  }
  throw new RangeError(`no kecamatan ${kecamatanCode}`);
}
