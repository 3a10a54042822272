package dev.noether.cli.data;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Reads the lines of a UTF-8 text file, with or without a byte order mark. A file whose name ends in {@code .gz} is
 * decompressed. A line has at most {@value #MAX_CHARACTERS} characters: a small archive may hold a line that is larger
 * than the memory. Every method may throw {@link StreamDataException}. Not thread-safe.
 */
public final class LineReader implements AutoCloseable {
    static final int MAX_CHARACTERS = 1 << 20;

    private static final String COMPRESSED = ".gz";
    private static final char BYTE_ORDER_MARK = '\uFEFF';
    private static final int BUFFER = 1 << 16;

    private final Path file;
    private final Reader text;
    private final char[] buffer = new char[BUFFER];
    private final StringBuilder line = new StringBuilder();
    private int position;
    private int end;
    private int lineNumber;
    private boolean skipsLineFeed;

    private LineReader(Path file, Reader text) {
        this.file = file;
        this.text = text;
    }

    /** Opens a file. */
    public static LineReader open(Path file) {
        try {
            InputStream bytes = new BufferedInputStream(Files.newInputStream(file));
            try {
                InputStream plain = file.toString().endsWith(COMPRESSED)
                        ? new BufferedInputStream(new GZIPInputStream(bytes, BUFFER))
                        : bytes;
                refuseUtf16(file, plain);
                return new LineReader(file, new InputStreamReader(plain, StandardCharsets.UTF_8.newDecoder()));
            } catch (IOException | RuntimeException exception) {
                bytes.close();
                throw exception;
            }
        } catch (NoSuchFileException exception) {
            throw new StreamDataException(file + " does not exist", exception);
        } catch (IOException exception) {
            throw StreamDataException.unreadable(file, exception);
        }
    }

    /** Returns the next line without its line break; null at the end of the file. */
    public @Nullable String next() {
        try {
            String next = read();
            if (next == null) {
                return null;
            }
            lineNumber++;
            return lineNumber == 1 && !next.isEmpty() && next.charAt(0) == BYTE_ORDER_MARK ? next.substring(1) : next;
        } catch (CharacterCodingException exception) {
            throw new StreamDataException(
                    file + " line " + (lineNumber + 1) + ": this is not UTF-8 text, expected UTF-8", exception);
        } catch (IOException exception) {
            throw new StreamDataException(
                    file + " cannot be read after line " + lineNumber + ": " + exception.getMessage(), exception);
        }
    }

    /** The number of the line that {@link #next} returned last, from 1; 0 before the first. */
    public int lineNumber() {
        return lineNumber;
    }

    @Override
    public void close() {
        try {
            text.close();
        } catch (IOException exception) {
            throw new StreamDataException(file + " cannot be closed: " + exception.getMessage(), exception);
        }
    }

    /** Spreadsheet programs write UTF-16 as "Unicode text". Read as UTF-8 it would be refused without a reason. */
    private static void refuseUtf16(Path file, InputStream bytes) throws IOException {
        bytes.mark(2);
        int first = bytes.read();
        int second = bytes.read();
        bytes.reset();
        if (first == 0xFE && second == 0xFF || first == 0xFF && second == 0xFE) {
            throw new StreamDataException(file + " is UTF-16 text, expected UTF-8");
        }
    }

    private @Nullable String read() throws IOException {
        line.setLength(0);
        while (true) {
            if (position == end && !fill()) {
                return line.isEmpty() ? null : line.toString();
            }
            if (skipsLineFeed) {
                skipsLineFeed = false;
                if (buffer[position] == '\n') {
                    position++;
                    continue;
                }
            }
            int start = position;
            while (position < end && buffer[position] != '\n' && buffer[position] != '\r') {
                position++;
            }
            append(start);
            if (position < end) {
                skipsLineFeed = buffer[position] == '\r';
                position++;
                return line.toString();
            }
        }
    }

    private boolean fill() throws IOException {
        position = 0;
        end = Math.max(0, text.read(buffer, 0, buffer.length));
        return end > 0;
    }

    private void append(int start) {
        if (line.length() + position - start > MAX_CHARACTERS) {
            throw new StreamDataException(file + " line " + (lineNumber + 1) + ": more than " + MAX_CHARACTERS
                    + " characters, expected shorter lines");
        }
        line.append(buffer, start, position - start);
    }
}
