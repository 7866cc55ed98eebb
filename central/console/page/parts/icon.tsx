const address = new URL('../icon.svg', import.meta.url).href;

export function Icon({ size }: { size: number }) {
  return <img src={address} alt="" width={size} height={size} />;
}
