package dev.noether.flink.release;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Base64;

/** Reads keys in the PEM format. */
final class PemFile {
    private static final int LARGEST = 16_384;

    private PemFile() {}

    /**
     * Reads the first block of a kind.
     *
     * @param file file to read
     * @param kind kind of the block, such as {@code PUBLIC KEY}
     * @return decoded bytes of the block
     * @throws IOException if the file cannot be read or has no such block; the message quotes nothing of it
     */
    static byte[] read(Path file, String kind) throws IOException {
        if (Files.size(file) > LARGEST) {
            throw new IOException("it has more than " + LARGEST + " bytes");
        }
        String text = Files.readString(file, StandardCharsets.ISO_8859_1);
        String begin = "-----BEGIN " + kind + "-----";
        int from = text.indexOf(begin);
        int to = text.indexOf("-----END " + kind + "-----", Math.max(0, from));
        if (from < 0 || to < 0) {
            throw new IOException("it has no block " + begin);
        }
        try {
            return Base64.getMimeDecoder().decode(text.substring(from + begin.length(), to));
        } catch (IllegalArgumentException e) {
            throw new IOException("its block " + begin + " is not Base64");
        }
    }

    /** Returns the reason of a failure in words, without anything that the file contains. */
    static String reason(Exception failure) {
        if (failure instanceof NoSuchFileException) {
            return "there is no such file";
        }
        if (failure instanceof IOException) {
            return String.valueOf(failure.getMessage());
        }
        return "it is no Ed25519 key";
    }
}
