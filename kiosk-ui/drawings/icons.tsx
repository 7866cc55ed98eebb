import type { ComponentChildren } from 'preact';

/** Small signs beside words, never instead of them. */
function Icon({ children }: { children: ComponentChildren }) {
  return (
    <svg class="icon" viewBox="0 0 24 24" aria-hidden="true">
      {children}
    </svg>
  );
}

export const OfficerIcon = () => (
  <Icon>
    <circle cx="12" cy="7.5" r="4.5" />
    <path d="M3 22c0-11 18-11 18 0z" />
  </Icon>
);

export const EraseIcon = () => (
  <Icon>
    <path d="M9 5h12v14H9l-7-7z" />
    <path class="cut" d="M12 9l6 6m0-6l-6 6" />
  </Icon>
);

export const ShieldIcon = () => (
  <Icon>
    <path d="M12 2l8 3v7c0 5-4 8.500-8 10-4-1.500-8-5-8-10V5z" />
    <path class="cut" d="M8 12l3 3 5-6" />
  </Icon>
);

export const ArrowIcon = () => (
  <Icon>
    <circle cx="12" cy="12" r="10" />
    <path class="cut" d="M7 12h9m-4-4.500l4.500 4.500-4.500 4.500" />
  </Icon>
);

export const PaperIcon = () => (
  <Icon>
    <path d="M5 2h14v20l-3.500-2-3.500 2-3.500-2L5 22z" />
    <path class="cut" d="M8.500 8h7m-7 4h7" />
  </Icon>
);

export const HandIcon = () => (
  <Icon>
    <path d="M9 12V4.500a2 2 0 0 1 4 0V10l5.500 1.500c1.500.500 2 1.500 2 3l-.500 4.500-2 4h-8L4.500 15c-1-1.500 1-3 2.500-2z" />
  </Icon>
);
