//! Importing: nothing is lost, what is written can be read, and no input does harm.

mod legal_documents;
mod national_portal;
mod real_records;
mod words;
mod yaml_writer;
