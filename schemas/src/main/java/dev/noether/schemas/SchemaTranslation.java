package dev.noether.schemas;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;

/**
 * Translates bytes of an older schema to the newest one by Avro's schema resolution. Slow; used only for old records.
 */
final class SchemaTranslation {
    private SchemaTranslation() {}

    /**
     * Translates the body of a record.
     *
     * @param bytes the record with its header
     * @param header length of the header, bytes
     * @throws MalformedRecordException if the body is damaged, cut short or too long
     */
    static byte[] translate(byte[] bytes, int header, Schema writer, Schema reader) throws MalformedRecordException {
        int length = bytes.length - header;
        try {
            BinaryDecoder in = DecoderFactory.get().binaryDecoder(bytes, header, length, null);
            // Avro allocates an announced length before it reads, so the lengths are checked first.
            new LengthCheck(in, length).check(writer);
            if (!in.isEnd()) {
                throw new MalformedRecordException(RejectionReason.MALFORMED, "bytes are left over after the record");
            }
            in = DecoderFactory.get().binaryDecoder(bytes, header, length, null);
            Object datum = new GenericDatumReader<>(writer, reader).read(null, in);
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            BinaryEncoder body = EncoderFactory.get().binaryEncoder(out, null);
            new GenericDatumWriter<>(reader).write(datum, body);
            body.flush();
            return out.toByteArray();
        } catch (EOFException e) {
            throw new MalformedRecordException(RejectionReason.MALFORMED, "the bytes end in the middle of the record");
        } catch (IOException | RuntimeException e) {
            throw new MalformedRecordException(RejectionReason.MALFORMED, "the body is damaged: " + e.getMessage());
        }
    }
}
