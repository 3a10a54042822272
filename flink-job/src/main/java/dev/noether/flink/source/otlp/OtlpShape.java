package dev.noether.flink.source.otlp;

import static dev.noether.flink.source.otlp.ProtoInput.BYTES;
import static dev.noether.flink.source.otlp.ProtoInput.FIXED64;
import static dev.noether.flink.source.otlp.ProtoInput.VARINT;
import static dev.noether.flink.source.otlp.ProtoInput.tag;

import dev.noether.schemas.MalformedRecordException;
import org.jspecify.annotations.Nullable;

/** The kinds of metrics: where each has its attributes and flags, and how the numbers of a data point are encoded. */
enum OtlpShape {
    GAUGE(5, 7, 8) {
        @Override
        void readNumber(ProtoInput in, OtlpPoint point) throws MalformedRecordException {
            readSingle(in, point);
        }
    },
    SUM(7, 7, 8) {
        @Override
        void readNumber(ProtoInput in, OtlpPoint point) throws MalformedRecordException {
            readSingle(in, point);
        }
    },
    HISTOGRAM(9, 9, 10) {
        @Override
        void readNumber(ProtoInput in, OtlpPoint point) throws MalformedRecordException {
            switch (in.tag()) {
                case 6 << 3 | BYTES -> readPacked(in, point, true);
                case 6 << 3 | FIXED64 -> point.addBucket(in.readFixed64());
                case 7 << 3 | BYTES -> readPacked(in, point, false);
                case 7 << 3 | FIXED64 -> point.addBound(in.readDouble());
                case 11 << 3 | FIXED64 -> point.setMin(in.readDouble());
                case 12 << 3 | FIXED64 -> point.setMax(in.readDouble());
                default -> readTotal(in, point);
            }
        }
    },
    EXPONENTIAL_HISTOGRAM(10, 1, 10) {
        @Override
        void readNumber(ProtoInput in, OtlpPoint point) throws MalformedRecordException {
            switch (in.tag()) {
                case 12 << 3 | FIXED64 -> point.setMin(in.readDouble());
                case 13 << 3 | FIXED64 -> point.setMax(in.readDouble());
                default -> readTotal(in, point);
            }
        }
    },
    SUMMARY(11, 7, 8) {
        @Override
        void readNumber(ProtoInput in, OtlpPoint point) throws MalformedRecordException {
            if (in.tag() == tag(6, BYTES)) {
                readQuantile(in, point);
            } else {
                readTotal(in, point);
            }
        }
    };

    private final int field;
    private final int attributes;
    private final int flags;

    OtlpShape(int field, int attributes, int flags) {
        this.field = tag(field, BYTES);
        this.attributes = tag(attributes, BYTES);
        this.flags = tag(flags, VARINT);
    }

    /** Returns the kind that a field of a metric holds; null if it holds none. */
    static @Nullable OtlpShape of(int tag) {
        for (OtlpShape shape : ALL) {
            if (shape.field == tag) {
                return shape;
            }
        }
        return null;
    }

    private static final OtlpShape[] ALL = values();

    /** Returns the tag of an attribute of a data point. */
    int attributes() {
        return attributes;
    }

    /** Returns the tag of the flags of a data point. */
    int flags() {
        return flags;
    }

    /** Sets the numbers that count as 0 if they are left out. */
    void setDefaults(OtlpPoint point) {
        if (this != GAUGE && this != SUM) {
            point.setCount(0);
        }
        if (this == SUMMARY) {
            point.setSum(0);
        }
    }

    /** Reads a field of a data point, or skips it. */
    abstract void readNumber(ProtoInput in, OtlpPoint point) throws MalformedRecordException;

    private static void readSingle(ProtoInput in, OtlpPoint point) throws MalformedRecordException {
        switch (in.tag()) {
            case 4 << 3 | FIXED64 -> point.setValue(in.readDouble());
            case 6 << 3 | FIXED64 -> point.setValue((double) in.readFixed64());
            default -> in.skip();
        }
    }

    private static void readTotal(ProtoInput in, OtlpPoint point) throws MalformedRecordException {
        switch (in.tag()) {
            case 4 << 3 | FIXED64 -> point.setCount(in.readFixed64());
            case 5 << 3 | FIXED64 -> point.setSum(in.readDouble());
            default -> in.skip();
        }
    }

    private static void readPacked(ProtoInput in, OtlpPoint point, boolean areBuckets) throws MalformedRecordException {
        int length = in.readLength();
        if (length % Long.BYTES != 0) {
            throw ProtoInput.damaged("a list of numbers has " + length + " bytes");
        }
        for (int i = 0; i < length / Long.BYTES; i++) {
            if (areBuckets) {
                point.addBucket(in.readFixed64());
            } else {
                point.addBound(in.readDouble());
            }
        }
    }

    private static void readQuantile(ProtoInput in, OtlpPoint point) throws MalformedRecordException {
        double quantile = 0;
        double value = 0;
        int outer = in.enter();
        while (in.next()) {
            switch (in.tag()) {
                case 1 << 3 | FIXED64 -> quantile = in.readDouble();
                case 2 << 3 | FIXED64 -> value = in.readDouble();
                default -> in.skip();
            }
        }
        in.leave(outer);
        point.addQuantile(quantile, value);
    }
}
