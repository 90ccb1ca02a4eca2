// Plain JavaScript, so that an old Node gets to say its one line before anything newer is loaded.
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  process.stderr.write(
    `需要 Node 20.19 或更新版本，当前为 ${process.versions.node} · ` +
      `Node 20.19 or newer is needed, this is ${process.versions.node}\n`,
  );
  process.exit(1);
}
const { register } = await import('tsx/esm/api');
register();
await import('./src/main.ts');
