/** The part of midtrans-client 1.4.3 that we use; the package has no types (its issues #16, #42). */
declare module 'midtrans-client' {
  export interface Options {
    isProduction: boolean;
    serverKey: string;
    clientKey: string;
  }

  /** An axios instance of the package's own. */
  export interface Http {
    defaults: Record<string, unknown>;
    interceptors: {
      request: { use(change: (config: RequestConfig) => RequestConfig): number };
    };
  }

  export interface RequestConfig {
    method?: string;
    data?: unknown;
    [setting: string]: unknown;
  }

  export interface Api {
    apiConfig: { getSnapApiBaseUrl(): string; getCoreApiBaseUrl(): string };
    httpClient: {
      http_client: Http;
      request(method: string, serverKey: string, url: string, body?: unknown): Promise<unknown>;
    };
    transaction: {
      status(id: string): Promise<unknown>;
      cancel(id: string): Promise<unknown>;
      expire(id: string): Promise<unknown>;
      approve(id: string): Promise<unknown>;
      deny(id: string): Promise<unknown>;
      refund(id: string, body: object): Promise<unknown>;
      refundDirect(id: string, body: object): Promise<unknown>;
    };
  }

  export interface Snap extends Api {
    createTransaction(body: object): Promise<unknown>;
  }

  export interface CoreApi extends Api {
    charge(body: object): Promise<unknown>;
  }

  /**
   * `httpStatusCode` is a number for HTTP errors, a string when it was read in a body, null when the
   * network failed. `rawHttpClientData` carries the server key.
   */
  export interface MidtransError extends Error {
    httpStatusCode: number | string | null;
    ApiResponse: unknown;
    rawHttpClientData: unknown;
  }

  const midtrans: {
    Snap: new (options: Options) => Snap;
    CoreApi: new (options: Options) => CoreApi;
    MidtransError: new (...given: never[]) => MidtransError;
  };
  export default midtrans;
}
