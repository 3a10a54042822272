package dev.noether.flink.wire;

import org.apache.flink.api.common.serialization.SerializerConfig;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.jspecify.annotations.Nullable;

/**
 * The Flink type of a class with a hand-written serializer. Flink cannot access its fields, and it cannot be a key.
 *
 * @param <T> the class
 */
public final class HandWrittenType<T> extends TypeInformation<T> {
    private static final long serialVersionUID = 1L;

    private final Class<T> kind;
    private final TypeSerializer<T> serializer;

    /**
     * Makes the type of a class.
     *
     * @param kind the class
     * @param serializer serializer of the class
     */
    public HandWrittenType(Class<T> kind, TypeSerializer<T> serializer) {
        this.kind = kind;
        this.serializer = serializer;
    }

    @Override
    public boolean isBasicType() {
        return false;
    }

    @Override
    public boolean isTupleType() {
        return false;
    }

    @Override
    public int getArity() {
        return 1;
    }

    @Override
    public int getTotalFields() {
        return 1;
    }

    @Override
    public Class<T> getTypeClass() {
        return kind;
    }

    @Override
    public boolean isKeyType() {
        return false;
    }

    @Override
    public TypeSerializer<T> createSerializer(SerializerConfig config) {
        return serializer.duplicate();
    }

    @Override
    public String toString() {
        return "HandWrittenType<" + kind.getSimpleName() + ">";
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof HandWrittenType<?> that && kind == that.kind && serializer.equals(that.serializer);
    }

    @Override
    public int hashCode() {
        return kind.hashCode();
    }

    @Override
    public boolean canEqual(Object other) {
        return other instanceof HandWrittenType;
    }
}
