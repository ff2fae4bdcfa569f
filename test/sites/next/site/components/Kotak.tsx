export default function Kotak({ children }) {
  return <div className="kotak">{children}</div>;
}
