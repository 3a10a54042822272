package dev.noether.flink.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads small text files, and refuses large ones before they fill the memory. Stateless. */
final class BoundedText {
    private BoundedText() {}

    /**
     * Reads a UTF-8 file.
     *
     * @param maxBytes largest size that is allowed
     * @throws IOException if the file cannot be read, is larger, or is not UTF-8
     *     ({@link java.nio.charset.CharacterCodingException})
     */
    static String read(Path file, int maxBytes) throws IOException {
        // A device or a pipe has no size, so the limit is also checked while reading.
        try (InputStream source = Files.newInputStream(file)) {
            byte[] bytes = source.readNBytes(maxBytes + 1);
            if (bytes.length > maxBytes) {
                throw new IOException("it has more than " + maxBytes + " bytes");
            }
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        }
    }
}
