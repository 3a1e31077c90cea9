/** The chakana, the Andean stepped cross, as a speech bubble. */
export function Logo() {
  return (
    <svg className="logo" viewBox="0 0 24 24" aria-hidden="true">
      <path
        fill="currentColor"
        fillRule="evenodd"
        d="M8 1h8v3h3v3h3v8h-3v3h-3v3H9l-5 2.5L5 18V15H2V7h3V4h3zM12 7.6a3.4 3.4 0 1 0 0 6.8 3.4 3.4 0 0 0 0-6.8z"
      />
    </svg>
  );
}
