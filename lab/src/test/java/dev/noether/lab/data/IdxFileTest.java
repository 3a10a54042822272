package dev.noether.lab.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.noether.model.series.SeriesSet;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class IdxFileTest {
    @TempDir
    private Path folder;

    @Test
    void readsPixelsOnTheScaleAskedFor() throws IOException {
        byte[] bytes = bytes(0x803, 2, 1, 3, 0, 51, 255, 255, 0, 102);
        Path plain = folder.resolve("images");
        Files.write(plain, bytes);
        SeriesSet images = IdxFile.images(plain, -1, 1);
        assertThat(images.count()).isEqualTo(2);
        assertThat(images.values()).containsExactly(-1, -0.6f, 1, 1, -1, -0.2f);
        Path compressed = folder.resolve("images.gz");
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream packing = new GZIPOutputStream(packed)) {
            packing.write(bytes);
        }
        Files.write(compressed, packed.toByteArray());
        assertThat(IdxFile.images(compressed, 0, 1).value(1, 2)).isEqualTo(0.4f);
    }

    @Test
    void saysWhatIsWrong() throws IOException {
        assertRefused(bytes(0x801, 2), "found the magic number 0x00000801, expected 0x00000803");
        assertRefused(bytes(0x803, 0, 28, 28), "found 0 images of 784 pixels");
        assertRefused(bytes(0x803, -1, 28, 28), "found -1 images of 784 pixels");
        assertRefused(bytes(0x803, 2, 1, 2, 1, 2, 3), "ends before its last image");
        assertRefused(new byte[] {0, 0}, "ends before its last image");
        assertThatExceptionOfType(SeriesDataException.class)
                .isThrownBy(() -> IdxFile.images(folder.resolve("none"), 0, 1))
                .withMessageEndingWith("none does not exist");
    }

    private void assertRefused(byte[] bytes, String message) throws IOException {
        Path file = folder.resolve("bad");
        Files.write(file, bytes);
        assertThatExceptionOfType(SeriesDataException.class)
                .isThrownBy(() -> IdxFile.images(file, 0, 1))
                .withMessageContaining(message);
    }

    /** Up to four numbers of four bytes, then pixels. */
    private static byte[] bytes(int... values) {
        int header = Math.min(4, values.length);
        ByteBuffer buffer = ByteBuffer.allocate(4 * header + values.length - header);
        for (int index = 0; index < values.length; index++) {
            if (index < header) {
                buffer.putInt(values[index]);
            } else {
                buffer.put((byte) values[index]);
            }
        }
        return buffer.array();
    }
}
