package dev.candles.lake.parquet;

import dev.candles.lake.parquet.decode.ColumnSpec;
import dev.candles.lake.parquet.decode.ColumnType;
import dev.candles.lake.parquet.decode.TableSchema;
import java.util.List;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Type.Repetition;
import org.apache.parquet.schema.Types;

/** The lake's schemas as the library wants them; loaded only where it is used. */
final class Messages {
  static final MessageType CANDLE = of(Schemas.CANDLE);
  static final MessageType COVERAGE = of(Schemas.COVERAGE);

  private Messages() {}

  private static MessageType of(TableSchema schema) {
    List<Type> types = schema.columns().stream().map(Messages::type).toList();
    return new MessageType(schema.name(), types);
  }

  private static Type type(ColumnSpec column) {
    Repetition repetition = column.isRequired() ? Repetition.REQUIRED : Repetition.OPTIONAL;
    Types.PrimitiveBuilder<? extends Type> builder =
        Types.primitive(primitive(column.type()), repetition);
    if (column.type() == ColumnType.STRING) {
      builder.as(LogicalTypeAnnotation.stringType());
    }
    return builder.named(column.name());
  }

  /** The library's name of a type. */
  static PrimitiveTypeName primitive(ColumnType type) {
    return switch (type) {
      case BOOLEAN -> PrimitiveTypeName.BOOLEAN;
      case INT32 -> PrimitiveTypeName.INT32;
      case INT64 -> PrimitiveTypeName.INT64;
      case DOUBLE -> PrimitiveTypeName.DOUBLE;
      case STRING -> PrimitiveTypeName.BINARY;
    };
  }
}
