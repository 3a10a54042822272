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

/** Bytes of an older schema as bytes of the newest, by Avro's own schema resolution: slow, and only as long as such bytes come. */
final class SchemaTranslation {
    private SchemaTranslation() {}

    /**
     * Translates the body of a record.
     *
     * @param bytes the record with its header
     * @param header how many bytes stand in front of the body
     * @throws MalformedRecordException if the body is damaged, cut short or too long
     */
    static byte[] translate(byte[] bytes, int header, Schema writer, Schema reader) throws MalformedRecordException {
        int length = bytes.length - header;
        try {
            BinaryDecoder in = DecoderFactory.get().binaryDecoder(bytes, header, length, null);
            // Avro believes an announced length before it reads; so the lengths are looked at first.
            new LengthCheck(in, length).check(writer);
            if (!in.isEnd()) {
                throw new MalformedRecordException(RejectionReason.MALFORMED, "bytes are left over behind the record");
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
