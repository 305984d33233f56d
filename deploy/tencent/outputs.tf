locals {
  # SCF adds the addresses to the description of the trigger.
  addresses = one([
    for trigger in tencentcloud_scf_trigger.web : try(jsondecode(trigger.trigger_attribute).NetConfig, {})
  ])
}

output "diagnose_url" {
  description = "Send POST requests here. Null if there is no such address, or if SCF does not tell it: then the console shows it as function URL."
  value       = try("${trimsuffix(coalesce(local.addresses.ExtranetUrl), "/")}/diagnose", null)
}

output "diagnose_url_internal" {
  description = "The same, for senders in the region's VPCs."
  value       = try("${trimsuffix(coalesce(local.addresses.IntranetUrl), "/")}/diagnose", null)
}

output "functions" {
  description = "Names of the functions, by form."
  value = merge(
    { for function in tencentcloud_scf_function.event : "event" => function.name },
    { for function in tencentcloud_scf_function.web : "web" => function.name },
  )
}
