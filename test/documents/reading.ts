import jsqr from 'jsqr';
import { getDocument, type PDFDocumentProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';

// jsqr is CommonJS whose types speak of a default export.
const readQr = jsqr as unknown as (
  pixels: Uint8ClampedArray,
  width: number,
  height: number,
) => { data: string } | null;

export interface ReadPage {
  text: string;
  /** What a camera reads of the page as it is drawn, or undefined. */
  qr: string | undefined;
}

/** The pages of a PDF as a reader sees them: their text, and the code in their picture. */
export async function readPdf(pdf: Buffer): Promise<ReadPage[]> {
  const loading = getDocument({ data: new Uint8Array(pdf), verbosity: 0 });
  const document = await loading.promise;
  const pages: ReadPage[] = [];
  for (let number = 1; number <= document.numPages; number++) {
    pages.push(await readPage(document, number));
  }
  await loading.destroy();
  return pages;
}

/** Title, author and the date of a PDF. */
export async function readInfo(pdf: Buffer): Promise<Record<string, unknown>> {
  const loading = getDocument({ data: new Uint8Array(pdf), verbosity: 0 });
  const { info } = await (await loading.promise).getMetadata();
  await loading.destroy();
  return info as Record<string, unknown>;
}

async function readPage(document: PDFDocumentProxy, number: number): Promise<ReadPage> {
  const page = await document.getPage(number);
  const content = await page.getTextContent();
  const text = content.items.map((item) => ('str' in item ? item.str : '')).join('\n');
  const viewport = page.getViewport({ scale: 2 });
  const factory = document.canvasFactory as CanvasFactory;
  const { canvas, context } = factory.create(viewport.width, viewport.height);
  await page.render({ canvasContext: context, viewport }).promise;
  const { data, width, height } = context.getImageData(0, 0, canvas.width, canvas.height);
  return { text, qr: readQr(data, width, height)?.data };
}

interface CanvasFactory {
  create(
    width: number,
    height: number,
  ): { canvas: HTMLCanvasElement; context: CanvasRenderingContext2D };
}
