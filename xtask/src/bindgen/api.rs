//! The public interface in one page, the same for every language.
//!
//! Invariant: two libraries have the same page if and only if apps cannot tell them apart by their types. Sorted by
//! name; fields and variants in their order, which is part of the interface.

use std::fmt::Write as _;

use uniffi_bindgen::ComponentInterface;
use uniffi_bindgen::interface::{
    Argument, AsType as _, Constructor, Enum, Field, Function, Method, Object, Record, Type,
};

/// The page.
pub fn listing(component: &ComponentInterface) -> String {
    let mut page = String::from(
        "The public interface of the bindings, made by `cargo xtask bindings`. Kotlin and Swift have the same names in\n\
         lowerCamelCase. `!` names the error that a call may end in; `T?` may be absent; `= default` may be left out.\n",
    );
    let (implemented, exported): (Vec<&Object>, Vec<&Object>) = component
        .object_definitions()
        .iter()
        .partition(|object| object.has_callback_interface());
    section(&mut page, "Objects", exported, Object::name, object);
    let functions = component.function_definitions().iter().collect();
    section(&mut page, "Functions", functions, Function::name, |item| {
        vec![function(item)]
    });
    section(
        &mut page,
        "What an app implements",
        implemented,
        Object::name,
        object,
    );
    let (errors, enums): (Vec<&Enum>, Vec<&Enum>) = component
        .enum_definitions()
        .iter()
        .partition(|item| component.is_name_used_as_error(item.name()));
    section(&mut page, "Errors", errors, Enum::name, variants);
    let records = component.record_definitions().iter().collect();
    section(&mut page, "Records", records, Record::name, record);
    section(&mut page, "Enumerations", enums, Enum::name, variants);
    page
}

fn section<'a, T>(
    page: &mut String,
    title: &str,
    mut items: Vec<&'a T>,
    name: impl Fn(&'a T) -> &'a str,
    lines: impl Fn(&'a T) -> Vec<String>,
) {
    let _ = write!(page, "\n{title}\n");
    items.sort_by_key(|item| name(item));
    for item in items {
        for line in lines(item) {
            let _ = writeln!(page, "  {line}");
        }
    }
}

fn object(object: &Object) -> Vec<String> {
    let mut lines = vec![object.name().to_owned()];
    let constructors = object.constructors();
    lines.extend(constructors.iter().map(|item| indented(&constructor(item))));
    lines.extend(object.methods().iter().map(|item| indented(&method(item))));
    lines
}

fn constructor(item: &Constructor) -> String {
    let arguments = arguments(&item.arguments());
    format!(
        "static {}({arguments}){}",
        item.name(),
        error(item.throws_name())
    )
}

fn method(item: &Method) -> String {
    signature(
        item.name(),
        &item.arguments(),
        item.return_type(),
        item.throws_name(),
    )
}

fn function(item: &Function) -> String {
    signature(
        item.name(),
        &item.arguments(),
        item.return_type(),
        item.throws_name(),
    )
}

fn signature(
    name: &str,
    taken: &[&Argument],
    given: Option<&Type>,
    thrown: Option<&str>,
) -> String {
    let given = given.map(|given| format!(" -> {}", type_name(given)));
    format!(
        "{name}({}){}{}",
        arguments(taken),
        given.unwrap_or_default(),
        error(thrown)
    )
}

fn arguments(arguments: &[&Argument]) -> String {
    let arguments: Vec<String> = arguments
        .iter()
        .map(|argument| {
            let default = argument.default_value().map_or("", |_| " = default");
            format!(
                "{}: {}{default}",
                argument.name(),
                type_name(&argument.as_type())
            )
        })
        .collect();
    arguments.join(", ")
}

fn error(name: Option<&str>) -> String {
    name.map(|name| format!(" ! {name}")).unwrap_or_default()
}

fn record(record: &Record) -> Vec<String> {
    let fields: Vec<String> = record.fields().iter().map(field).collect();
    wrapped(record.name(), &fields)
}

fn field(field: &Field) -> String {
    let default = field.default_value().map_or("", |_| " = default");
    let name = field.name();
    let separator = if name.is_empty() { "" } else { ": " };
    format!("{name}{separator}{}{default}", type_name(&field.as_type()))
}

fn variants(item: &Enum) -> Vec<String> {
    let variants: Vec<String> = item
        .variants()
        .iter()
        .map(|variant| {
            let fields: Vec<String> = variant.fields().iter().map(field).collect();
            if fields.is_empty() {
                variant.name().to_owned()
            } else {
                format!("{}({})", variant.name(), fields.join(", "))
            }
        })
        .collect();
    wrapped(item.name(), &variants)
}

/// `name: part, part` in lines of at most 118 characters.
fn wrapped(name: &str, parts: &[String]) -> Vec<String> {
    let mut lines = vec![format!("{name}:")];
    for (index, part) in parts.iter().enumerate() {
        let comma = if index + 1 < parts.len() { "," } else { "" };
        let line = match lines.last_mut() {
            Some(line) if line.len() + part.len() + 2 <= 118 => line,
            _ => {
                lines.push("   ".to_owned());
                let last = lines.len() - 1;
                &mut lines[last]
            }
        };
        let _ = write!(line, " {part}{comma}");
    }
    lines
}

fn indented(line: &str) -> String {
    format!("    {line}")
}

fn type_name(of: &Type) -> String {
    match of {
        Type::UInt8 => "u8".to_owned(),
        Type::Int8 => "i8".to_owned(),
        Type::UInt16 => "u16".to_owned(),
        Type::Int16 => "i16".to_owned(),
        Type::UInt32 => "u32".to_owned(),
        Type::Int32 => "i32".to_owned(),
        Type::UInt64 => "u64".to_owned(),
        Type::Int64 => "i64".to_owned(),
        Type::Float32 => "f32".to_owned(),
        Type::Float64 => "f64".to_owned(),
        Type::Boolean => "bool".to_owned(),
        Type::String => "string".to_owned(),
        Type::Bytes => "bytes".to_owned(),
        Type::Timestamp => "timestamp".to_owned(),
        Type::Duration => "duration".to_owned(),
        Type::Object { name, .. }
        | Type::Record { name, .. }
        | Type::Enum { name, .. }
        | Type::CallbackInterface { name, .. } => name.clone(),
        Type::Custom { builtin, .. }
        | Type::Box {
            inner_type: builtin,
        } => type_name(builtin),
        Type::Optional { inner_type } => format!("{}?", type_name(inner_type)),
        Type::Sequence { inner_type } => format!("[{}]", type_name(inner_type)),
        Type::Set { inner_type } => format!("{{{}}}", type_name(inner_type)),
        Type::Map {
            key_type,
            value_type,
        } => format!("{{{}: {}}}", type_name(key_type), type_name(value_type)),
    }
}
