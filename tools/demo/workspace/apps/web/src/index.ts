export const total = (response: { total: string }): string => `You pay ${response.total}`;
