package dev.noether.lab.data;

import dev.noether.model.series.SeriesSet;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/**
 * A file of images in the IDX format of MNIST (LeCun et al. 1998): a magic number, the sizes, then one unsigned byte
 * for each pixel. The file is compressed if its name ends in {@code .gz}. Labels are not read.
 */
public final class IdxFile {
    private static final String COMPRESSED = ".gz";
    /** Magic number of unsigned bytes in three dimensions. */
    private static final int IMAGES = 0x00000803;

    private static final int BRIGHTEST = 255;
    private static final long MOST_VALUES = 1L << 30;

    private IdxFile() {}

    /**
     * Reads images as rows of pixels, line by line. Each byte is mapped linearly from [0, 255] to [{@code dark}, {@code
     * bright}].
     *
     * @throws SeriesDataException if the file does not exist, cannot be read, has another format or ends early
     */
    public static SeriesSet images(Path file, float dark, float bright) {
        try (DataInputStream bytes = new DataInputStream(open(file))) {
            int magic = bytes.readInt();
            if (magic != IMAGES) {
                throw new SeriesDataException(
                        "%s: found the magic number 0x%08x, expected 0x%08x of an IDX file of images"
                                .formatted(file, magic, IMAGES));
            }
            int count = bytes.readInt();
            long pixels = (long) bytes.readInt() * bytes.readInt();
            if (!(count >= 1 && pixels >= 1 && pixels <= MOST_VALUES && count * pixels <= MOST_VALUES)) {
                throw new SeriesDataException(
                        "%s: found %d images of %d pixels, expected at least one of each, and at most %d in all"
                                .formatted(file, count, pixels, MOST_VALUES));
            }
            return read(bytes, count, (int) pixels, dark, bright);
        } catch (NoSuchFileException exception) {
            throw new SeriesDataException(file + " does not exist", exception);
        } catch (EOFException exception) {
            throw new SeriesDataException(file + " ends before its last image", exception);
        } catch (IOException exception) {
            throw new SeriesDataException(file + " cannot be read: " + exception.getMessage(), exception);
        }
    }

    private static SeriesSet read(DataInputStream bytes, int count, int pixels, float dark, float bright)
            throws IOException {
        byte[] image = new byte[pixels];
        float[] values = new float[count * pixels];
        for (int row = 0; row < count; row++) {
            bytes.readFully(image);
            for (int pixel = 0; pixel < pixels; pixel++) {
                values[row * pixels + pixel] =
                        (float) (dark + ((double) bright - dark) * (image[pixel] & 0xff) / BRIGHTEST);
            }
        }
        return SeriesSet.of(values, count, pixels);
    }

    private static InputStream open(Path file) throws IOException {
        InputStream bytes = Files.newInputStream(file);
        try {
            return file.toString().endsWith(COMPRESSED) ? new GZIPInputStream(bytes, 1 << 16) : bytes;
        } catch (IOException exception) {
            bytes.close();
            throw exception;
        }
    }
}
