/** Whoever stands before the kiosk: only a shape, so that it can be anybody. */
export function Citizen() {
  return (
    <g class="citizen">
      <ellipse class="shadow" cx="800" cy="544" rx="92" ry="9" />
      <circle cx="800" cy="256" r="34" />
      <path d="M722 544 L722 372 Q722 302 800 302 Q878 302 878 372 L878 544 Z" />
    </g>
  );
}
