package dev.noether.testing;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * Makes damaged copies of good inputs. The number of cases of all such tests is multiplied by the system property
 * {@code noether.fuzz}. Not thread-safe.
 */
public final class Fuzz {
    private static final int TIMES = Integer.getInteger("noether.fuzz", 1);
    private static final int MOST_CHANGES = 8;
    /** Numbers at which lengths and counts break. */
    private static final long[] EDGES = {
        0, -1, 1, 127, 128, 255, 65_535, Integer.MAX_VALUE, Long.MAX_VALUE, Long.MIN_VALUE
    };

    /** Pieces that mean something to the readers of texts. */
    private static final String[] PIECES = {
        ":",
        "- ",
        "\n",
        "  ",
        "{",
        "}",
        "[",
        "]",
        "&a ",
        "*a",
        "!!",
        "|",
        ">",
        "#",
        "'",
        "\"",
        ",",
        ";",
        "=",
        "\t",
        "\r",
        "NaN",
        "-1",
        "1e999",
        "999999999999999999999",
        "null",
        "~",
        "P",
        "PT",
        "T",
        "Z",
        "${env:X}",
        "\u0000",
        "\uFEFF",
        "BEGIN:VEVENT\n",
        "END:VEVENT\n",
        "RRULE:FREQ=",
        "--- ",
        "...",
        "%"
    };

    private final RandomGenerator random;

    /** Makes a source of damaged inputs. */
    public Fuzz(RandomGenerator random) {
        this.random = random;
    }

    /** The number of cases of a test that has so many by default. */
    public static int cases(int byDefault) {
        return Math.multiplyExact(byDefault, TIMES);
    }

    /** A copy with flipped bits, other bytes, edges of number ranges, pieces cut out, doubled, or cut off. */
    public byte[] bytes(byte[] original) {
        byte[] changed = original.clone();
        int changes = random.nextInt(1, MOST_CHANGES + 1);
        for (int i = 0; i < changes; i++) {
            changed = oneChange(changed);
        }
        return changed;
    }

    /** A copy like {@link #bytes}, in which most changes are pieces with a meaning in texts. */
    public byte[] text(byte[] original) {
        byte[] changed = original.clone();
        int changes = random.nextInt(1, MOST_CHANGES + 1);
        for (int i = 0; i < changes; i++) {
            if (random.nextInt(4) == 0) {
                changed = oneChange(changed);
            } else {
                byte[] piece = PIECES[random.nextInt(PIECES.length)].getBytes(StandardCharsets.UTF_8);
                changed = replaced(changed, position(changed), random.nextInt(0, 3), repeated(piece));
            }
        }
        return changed;
    }

    private byte[] repeated(byte[] piece) {
        int times = random.nextInt(20) == 0 ? random.nextInt(1, 500) : 1;
        byte[] all = new byte[piece.length * times];
        for (int i = 0; i < all.length; i++) {
            all[i] = piece[i % piece.length];
        }
        return all;
    }

    private byte[] oneChange(byte[] bytes) {
        int at = position(bytes);
        int length = random.nextInt(1, 17);
        return switch (random.nextInt(7)) {
            case 0 -> flipped(bytes, at);
            case 1 -> replaced(bytes, at, 1, new byte[] {(byte) random.nextInt()});
            case 2 -> replaced(bytes, at, Long.BYTES, edge());
            case 3 -> replaced(bytes, at, length, new byte[0]);
            case 4 -> replaced(bytes, at, 0, Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + length)));
            case 5 -> replaced(bytes, at, 0, noise(length));
            default -> Arrays.copyOf(bytes, at);
        };
    }

    private int position(byte[] bytes) {
        return bytes.length == 0 ? 0 : random.nextInt(bytes.length);
    }

    private byte[] flipped(byte[] bytes, int at) {
        byte[] changed = bytes.clone();
        if (changed.length > 0) {
            changed[at] ^= (byte) (1 << random.nextInt(8));
        }
        return changed;
    }

    private byte[] noise(int length) {
        byte[] noise = new byte[length];
        random.nextBytes(noise);
        return noise;
    }

    /** Also as Avro writes a number: variable length, zigzag. */
    private byte[] edge() {
        long edge = EDGES[random.nextInt(EDGES.length)];
        if (random.nextBoolean()) {
            return ByteBuffer.allocate(Long.BYTES).putLong(edge).array();
        }
        ByteBuffer bytes = ByteBuffer.allocate(10);
        long rest = edge << 1 ^ edge >> 63;
        while ((rest & ~0x7FL) != 0) {
            bytes.put((byte) (rest & 0x7F | 0x80));
            rest >>>= 7;
        }
        bytes.put((byte) rest);
        return Arrays.copyOf(bytes.array(), bytes.position());
    }

    private static byte[] replaced(byte[] bytes, int at, int length, byte[] piece) {
        int end = Math.min(bytes.length, at + length);
        byte[] changed = new byte[at + piece.length + bytes.length - end];
        System.arraycopy(bytes, 0, changed, 0, at);
        System.arraycopy(piece, 0, changed, at, piece.length);
        System.arraycopy(bytes, end, changed, at + piece.length, bytes.length - end);
        return changed;
    }
}
