// Preloaded into background scripts: when the launcher is gone, however it went, so are they.
process.on('disconnect', () => process.exit(1));
process.channel?.unref();
