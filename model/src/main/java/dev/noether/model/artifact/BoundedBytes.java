package dev.noether.model.artifact;

import dev.noether.model.artifact.ArtifactException.Fault;
import java.util.Arrays;

/**
 * A cursor over a part of a file in Avro's binary encoding. It checks each length against the bytes that are left before
 * anything is allocated. Not thread safe.
 */
final class BoundedBytes {
    private static final int LONGEST_NUMBER = 10;

    private final byte[] bytes;
    private final int end;
    private int at;

    /** A cursor over the bytes from {@code from} to {@code end}, exclusive. */
    BoundedBytes(byte[] bytes, int from, int end) {
        this.bytes = bytes;
        this.at = from;
        this.end = end;
    }

    /** Index of the next byte. */
    int position() {
        return at;
    }

    /** Number of bytes that are left. */
    int remaining() {
        return end - at;
    }

    /** Reads a number of variable length. */
    long readLong(String name) throws ArtifactException {
        long value = 0;
        for (int i = 0; i < LONGEST_NUMBER; i++) {
            if (at == end) {
                throw unreadable("the file ends within `" + name + "`");
            }
            byte next = bytes[at++];
            value |= (long) (next & 0x7F) << (7 * i);
            if (next >= 0) {
                return (value >>> 1) ^ -(value & 1);
            }
        }
        throw unreadable("`" + name + "` is a number of more than " + LONGEST_NUMBER + " bytes");
    }

    /** Reads a number of bytes or items that must fit into the bytes that are left. */
    int readCount(String name) throws ArtifactException {
        return count(readLong(name), name);
    }

    /** Checks a number of bytes or items; each item takes at least one byte. */
    int count(long count, String name) throws ArtifactException {
        if (count < 0 || count > remaining()) {
            throw unreadable("the length of `" + name + "` is " + count + ", but " + remaining()
                    + " bytes of the file are left");
        }
        return (int) count;
    }

    /** Reads a length and that many bytes. */
    byte[] readBytes(String name) throws ArtifactException {
        return take(readCount(name), name);
    }

    /** Reads bytes. */
    byte[] take(int count, String name) throws ArtifactException {
        int from = at;
        skip(count, name);
        return Arrays.copyOfRange(bytes, from, at);
    }

    /** Skips bytes. */
    void skip(int count, String name) throws ArtifactException {
        at += count(count, name);
    }

    private static ArtifactException unreadable(String problem) {
        return new ArtifactException(
                Fault.UNREADABLE, "the file is not a model artifact, or it is damaged: " + problem);
    }
}
