/** Hands the whole result to the runner, which prints it; without a runner it is printed. */
export const handleSummary = (data: unknown): Record<string, string> => {
  const text = JSON.stringify(data);
  return __ENV.SUMMARY_FILE ? { [__ENV.SUMMARY_FILE]: text } : { stdout: `${text}\n` };
};
